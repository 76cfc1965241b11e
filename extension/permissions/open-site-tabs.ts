import { browser } from 'wxt/browser'
import { siteOrigins } from './site-origins.ts'

/** The ids of the open tabs whose pages are of granted sites. */
export async function openSiteTabs(): Promise<number[]> {
  const url = await siteOrigins()
  const tabs = url.length === 0 ? [] : await browser.tabs.query({ url })
  return tabs.flatMap(({ id }) => id ?? [])
}
