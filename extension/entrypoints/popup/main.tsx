import { i18n } from '../../locales/i18n.ts'
import { mountPage } from '../../pages/mount-page.tsx'
import { Popup } from '../../popup/popup.tsx'

await mountPage(i18n.t('manifest.name'), <Popup />)
