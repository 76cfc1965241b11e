import type { Focus } from './focus-of.ts'
import type { Learner } from './learner.ts'

/** What comes late, like a list of textbooks, is gone round for until it is there. */
const PATIENCE_MS = 30_000

/** Goes on by Tab, or back, to what is called so, and makes sure that one sees where the focus is. */
export async function goByTab(
  learner: Learner,
  label: RegExp,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<Focus> {
  const begun = performance.now()
  while (performance.now() - begun < PATIENCE_MS) {
    const focus = await learner.focus()
    // Behind a page's last stop Firefox goes on to its own: the page still names the stop, and shows it no more.
    if (focus?.isShown && label.test(focus.label)) return focus
    await learner.press(key)
  }
  throw new Error(`No ${key} leads to ${label} so that one sees it.`)
}
