import type { SiteRules } from '../../messaging/messages.ts'

/** What a click chooses: the lesson, what is left out of it, or what stays word for word. */
export const pickModes = ['lesson', 'ignore', 'keep'] as const
export type PickMode = (typeof pickModes)[number]

/** The selectors of a mode. */
export function picksOf(rules: SiteRules, mode: PickMode): readonly string[] {
  if (mode === 'lesson') return rules.lesson === undefined ? [] : [rules.lesson]
  return rules[mode] ?? []
}

/** Rules with a selector; where it is among them already, without it. A page has one lesson. */
export function applyPick(rules: SiteRules, mode: PickMode, selector: string): SiteRules {
  const { [mode]: before, ...others } = rules
  if (mode === 'lesson') return before === selector ? others : { ...others, lesson: selector }
  const listed = picksOf(rules, mode)
  const next = listed.includes(selector) ? listed.filter((one) => one !== selector) : [...listed, selector]
  return next.length === 0 ? others : { ...others, [mode]: next }
}
