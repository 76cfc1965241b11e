import { mountPage } from '../../pages/mount-page.tsx'
import { Popup } from '../../popup/popup.tsx'

await mountPage(<Popup />)
