import { browser } from 'wxt/browser'

/** Both browsers end an idle background after 30 s; a call of the extension API counts as work (milliseconds). */
const heartbeat = 15_000

/** Keeps the background alive until the function that it gives is called. */
export function keepAwake(): () => void {
  const timer = setInterval(() => void browser.runtime.getPlatformInfo(), heartbeat)
  return () => clearInterval(timer)
}
