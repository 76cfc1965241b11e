import { OptionsPage } from '../../options/options-page.tsx'
import { mountPage } from '../../pages/mount-page.tsx'

await mountPage('Lectern options', <OptionsPage />)
