import type { SiteRules } from '../../messaging/messages.ts'
import { askReader } from '../ask-reader.ts'
import { PageSummary } from '../page-summary.ts'

/** Reads the page of a tab under rules; nothing where the browser lets none in, or the page says no summary. */
export function readTab(tabId: number, rules: SiteRules): Promise<PageSummary | undefined> {
  return askReader(tabId, PageSummary, readHere, rules)
}

/** Runs in the page. */
function readHere(rules: SiteRules): PageSummary | undefined {
  return globalThis.lecternReadPage?.(rules)
}
