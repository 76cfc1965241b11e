import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { browser } from 'wxt/browser'
import type { SiteRules } from '../messaging/messages.ts'

/**
 * Has the reader of staff read the page of a tab under rules. What it says is the page's own word, and untrusted:
 * nothing where it is not of the schema, or where the browser lets no reader in.
 * @param readHere runs in the page
 */
export async function askReader<S extends TSchema>(
  tabId: number,
  schema: S,
  readHere: (rules: SiteRules) => Static<S> | undefined,
  rules: SiteRules,
): Promise<Static<S> | undefined> {
  const target = { tabId }
  try {
    await browser.scripting.executeScript({ target, files: ['/staff-reader.js'] })
    const results = await browser.scripting.executeScript({ target, func: readHere, args: [rules] })
    const said: unknown = results[0]?.result
    return Value.Check(schema, said) ? said : undefined
  } catch {
    return undefined
  }
}
