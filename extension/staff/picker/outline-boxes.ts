import type { SiteRules } from '../../messaging/messages.ts'
import { pickModes, picksOf } from './apply-pick.ts'

/** So many elements of a selector are outlined; more only slow the page down. */
const MOST = 60

/** What is outlined on the page: what is pointed at, and what the rules find. */
export type OutlinedElement = { element: Element; as: 'aimed' | 'lesson' | 'ignore' | 'keep' }

export function outlinedElements(
  document: Document,
  rules: SiteRules,
  aimed: Element | undefined,
): OutlinedElement[] {
  const chosen = pickModes.flatMap((mode) =>
    picksOf(rules, mode).flatMap((selector) =>
      queryAll(document, selector)
        .slice(0, mode === 'lesson' ? 1 : MOST)
        .map((element) => ({ element, as: mode })),
    ),
  )
  return aimed === undefined ? chosen : [...chosen, { element: aimed, as: 'aimed' }]
}

/** What staff wrote themselves may be no selector. */
export function queryAll(document: Document, selector: string): Element[] {
  try {
    return [...document.querySelectorAll(selector)]
  } catch {
    return []
  }
}
