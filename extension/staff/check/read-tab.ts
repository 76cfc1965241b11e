import { Value } from 'typebox/value'
import { browser } from 'wxt/browser'
import type { SiteRules } from '../../messaging/messages.ts'
import { PageSummary } from '../page-summary.ts'

/** Reads the page of a tab under rules; nothing where the browser lets none in, or the page says no summary. */
export async function readTab(tabId: number, rules: SiteRules): Promise<PageSummary | undefined> {
  const target = { tabId }
  try {
    await browser.scripting.executeScript({ target, files: ['/staff-reader.js'] })
    const results = await browser.scripting.executeScript({ target, func: readHere, args: [rules] })
    const summary: unknown = results[0]?.result
    return Value.Check(PageSummary, summary) ? summary : undefined
  } catch {
    return undefined
  }
}

/** Runs in the page. */
function readHere(rules: SiteRules): PageSummary | undefined {
  return globalThis.lecternReadPage?.(rules)
}
