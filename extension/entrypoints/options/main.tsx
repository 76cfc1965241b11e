import { i18n } from '../../locales/i18n.ts'
import { OptionsPage } from '../../options/options-page.tsx'
import { mountPage } from '../../pages/mount-page.tsx'

await mountPage(i18n.t('options.page_title'), <OptionsPage />)
