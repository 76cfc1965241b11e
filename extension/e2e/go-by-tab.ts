import { expect } from 'vitest'
import type { Focus } from './focus-of.ts'
import type { Learner } from './learner.ts'

/** More stops than any page of a journey has. */
const STOPS = 250

/** Goes on by Tab, or back, to what is called so, and makes sure that one sees where the focus is. */
export async function goByTab(
  learner: Learner,
  label: RegExp,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<Focus> {
  for (let stops = 0; stops < STOPS; stops++) {
    const focus = await learner.focus()
    if (focus !== null && label.test(focus.label)) {
      expect(focus).toMatchObject({ isShown: true })
      return focus
    }
    await learner.press(key)
  }
  throw new Error(`No ${key} leads to ${label}.`)
}
