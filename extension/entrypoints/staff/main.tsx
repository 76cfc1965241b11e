import { i18n } from '../../locales/i18n.ts'
import { mountPage } from '../../pages/mount-page.tsx'
import { StaffPage } from '../../staff/staff-page.tsx'
import { resumeSession } from '../../staff/staff-store.ts'

void resumeSession()
await mountPage(i18n.t('staff.page_title'), <StaffPage />)
