import { type Browser, browser } from 'wxt/browser'
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import type { SiteRules } from '../messaging/messages.ts'
import { mountPicker } from '../staff/picker/mount-picker.tsx'
import type { FromPicker } from '../staff/picker/picker-port.ts'
import { pickerPort } from '../staff/picker/picker-port-name.ts'

declare global {
  /** Set in the isolated world of a page that listens for the staff page. */
  var lecternStaffPicker: true | undefined
}

/** Run by the staff page in the page of a tab; the staff page then connects, and disconnecting ends the picker. */
export default defineUnlistedScript(() => {
  // Nothing else counts: in Chromium an element's id is a name on the window here, too.
  if (globalThis.lecternStaffPicker === true) return
  globalThis.lecternStaffPicker = true
  browser.runtime.onConnect.addListener((port) => {
    if (port.name === pickerPort) pickBy(port)
  })
})

function pickBy(port: Browser.runtime.Port): void {
  const ended = new AbortController()
  const tell = (message: FromPicker) => port.postMessage(message)
  port.onDisconnect.addListener(() => ended.abort())
  // The one message from there: the rules to begin with, by the extension's own page.
  port.onMessage.addListener((rules: SiteRules) =>
    mountPicker({
      rules,
      onPick: (picked, page) => tell({ type: 'picked', rules: picked, page }),
      onEnd(picked) {
        tell({ type: 'end', ...(picked && { rules: picked }) })
        ended.abort()
      },
      signal: ended.signal,
    }),
  )
}
