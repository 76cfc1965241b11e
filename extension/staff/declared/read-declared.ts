import { parseSiteFile, type SiteFile, speaksFor, wellKnownOf } from '@lectern/shared'
import { browser } from 'wxt/browser'
import { fetchOfSite } from '../../background/fetch-of-site.ts'
import type { PageTab } from '../page-tab.ts'

/** The file by which a textbook declares itself, with its address; or that there is none, or what is wrong with it. */
export type DeclaredRead =
  | { file: SiteFile; url: string }
  | { problem: 'none' | 'away' }
  | { problem: 'invalid'; at: string }

/** Reads the file that the page in a tab links to, if it speaks for the page, else that of the page's origin. */
export async function readDeclared({ id, url: pageUrl }: PageTab): Promise<DeclaredRead> {
  const linked = await linkIn(id)
  const url = linked !== undefined && speaksFor(linked, pageUrl) ? linked : wellKnownOf(pageUrl)
  const answer = await fetchOfSite(url)
  if (answer.state !== 'text') return { problem: answer.state === 'away' ? 'away' : 'none' }
  const parsed = parseSiteFile(answer.text)
  return 'file' in parsed ? { file: parsed.file, url } : { problem: 'invalid', at: parsed.problem }
}

async function linkIn(tabId: number): Promise<string | undefined> {
  const target = { tabId }
  const results = await browser.scripting.executeScript({ target, func: linkHere }).catch(() => [])
  const said: unknown = results[0]?.result
  return typeof said === 'string' && said.length <= 2000 ? said : undefined
}

/** Runs in the page. */
function linkHere(): string | undefined {
  return document.querySelector<HTMLLinkElement>('head>link[rel=lectern]')?.href
}
