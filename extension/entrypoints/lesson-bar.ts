import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { type FirstBar, showFirstBar } from '../lesson/first-bar.ts'
import { markStage } from '../measure/mark-stage.ts'

declare global {
  /** Set in the isolated world of a page: the bar that stands above its lesson, or a new one above another. */
  var lecternBar: { above: (root: Element) => FirstBar; leave: () => void } | undefined
}

/** A page that shows nothing paints nothing; it is waited for so long (milliseconds). */
const PAINT = 100

/**
 * Run before the lesson view, whose script is ten times as large: shows the tabs of the lesson that the recognizer
 * found. Its result comes when they are painted, so that the browser does not first evaluate what comes next.
 */
export default defineUnlistedScript(() => {
  // The window's own alone: in Chromium an element's id is a name on the window here, too.
  if (Object.hasOwn(globalThis, 'lecternBar')) return undefined
  markStage('bar_loaded')
  let waiting: FirstBar | undefined
  const leave = () => {
    waiting?.remove()
    waiting = undefined
  }
  globalThis.lecternBar = {
    above(root) {
      const first = waiting
      if (first?.root !== root || !first.bar.isConnected) {
        leave()
        return showFirstBar(root)
      }
      waiting = undefined
      return first
    },
    leave,
  }
  const { lesson, rules } = globalThis.lecternRecognizer ?? {}
  if (!lesson?.root.isConnected || rules?.on_request) return undefined
  waiting = showFirstBar(lesson.root)
  markStage('bar_placed')
  return painted()
})

async function painted(): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, PAINT)
    requestAnimationFrame(() => setTimeout(resolve))
  })
  markStage('bar_painted')
}
