import { Value } from 'typebox/value'
import { browser } from 'wxt/browser'
import { BookOutline } from './book-outline.ts'

/**
 * Reads the outline of the book in a tab, by a script that runs there once; nothing where the browser lets none in.
 * A hostile page may say anything: entries that lead to another origin are left out.
 */
export async function askOutline(tabId: number): Promise<BookOutline | undefined> {
  const results = await browser.scripting
    .executeScript({ target: { tabId }, files: ['/book-outline.js'] })
    .catch(() => [])
  const outline: unknown = results[0]?.result
  if (!Value.Check(BookOutline, outline) || !URL.canParse(outline.url)) return undefined
  const { origin } = new URL(outline.url)
  const isOwn = (url: string) => URL.canParse(url) && new URL(url).origin === origin
  return { ...outline, entries: outline.entries.filter(({ url }) => url === undefined || isOwn(url)) }
}
