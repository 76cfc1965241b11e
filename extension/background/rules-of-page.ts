import type { SiteRules } from '../messaging/messages.ts'
import { keptDocumentsOf, refreshDocumentsOf } from './site-documents.ts'
import { siteOfPage } from './site-of-page.ts'
import { siteRulesOf } from './site-rules-of.ts'

/**
 * The rules for a page, from what is kept of the registry and of the site's own files: no page waits for its host,
 * which is asked meanwhile for what the next look will go by.
 */
export async function rulesOfPage(url: string, link: string | null): Promise<SiteRules> {
  const [site, { files }] = await Promise.all([siteOfPage(url), keptDocumentsOf(url)])
  void refreshDocumentsOf(url, link).catch(console.error)
  return siteRulesOf(site, url, files[0])
}
