import { createRoot } from 'react-dom/client'
import { takeLearnersEventsOnly } from '../../lesson/learners-events.ts'
import { uiDirection, uiLanguage } from '../../locales/i18n.ts'
import { adoptStyles } from '../../rendering/adopt-styles.ts'
import { type PickerOptions, startPicker } from './picker.ts'
import { PickerPanel } from './picker-panel.tsx'
import { pickerStyles } from './picker-styles.ts'

/** Shows the picker over the page until its signal ends it; the page is as it was then. */
export function mountPicker(options: Omit<PickerOptions, 'document' | 'host'>): void {
  const host = document.createElement('lectern-picker')
  host.lang = uiLanguage()
  host.dir = uiDirection()
  const shadow = host.attachShadow({ mode: 'closed' })
  adoptStyles(shadow, pickerStyles)
  takeLearnersEventsOnly(shadow)
  const root = createRoot(shadow.appendChild(document.createElement('div')))
  // Beside the body, whose content is the page's.
  document.documentElement.append(host)
  const picker = startPicker({ ...options, document, host })
  root.render(<PickerPanel picker={picker} document={document} />)
  // Where the page was told of what is chosen, it is told of what was there before, too.
  const { rules, page } = picker.store.getState()
  options.onPick(rules, page)
  options.signal.addEventListener('abort', () => {
    root.unmount()
    host.remove()
  })
}
