import type { Failure, Site } from '@lectern/shared'
import { i18n } from '../locales/i18n.ts'
import { isSite } from '../permissions/site-origins.ts'
import { robotsDecline } from '../wishes/robot-rules.ts'
import { headersDecline, type StatedWish, wishOnPage } from '../wishes/stated-wishes.ts'
import { fetchOfSite } from './fetch-of-site.ts'
import { keptDocumentsOf, refreshDocumentsOf } from './site-documents.ts'
import { siteOfPage } from './site-of-page.ts'

/** Most pages whose headers are remembered while this background runs. */
const mostPages = 100
const pages = new Map<string, Promise<boolean>>()

/**
 * Why a page's owner does not want it rewritten, if so. The registry comes first: its `deny` ends it, and so does
 * `owner_agreed`, by which staff say that they have the owner's word; a mere `allow` does not. Then the owner's file,
 * whose `allow` and `deny` are meant for Lectern; then what the host and the page say to any machine.
 * @param stated what the page's marks say, as `statedOn` gives it
 */
export async function refusalByOwner(url: string, stated: readonly string[]): Promise<Failure | undefined> {
  return refusalOnSite(await siteOfPage(url), url, stated)
}

/** The same of a page of this site, as the registry has it. */
export async function refusalOnSite(
  site: Site | undefined,
  url: string,
  stated: readonly string[],
): Promise<Failure | undefined> {
  if (site?.policy === 'deny') return denied(site.denied_reason)
  if (site?.owner_agreed === true) return undefined
  if (!(await isSite(url))) return undefined
  await refreshDocumentsOf(url)
  const { files, robots } = await keptDocumentsOf(url)
  const denial = files.find(({ file }) => file?.policy === 'deny')?.file
  if (denial != null) return denied(denial.reason)
  if (files[0]?.file?.policy === 'allow') return undefined
  const wish = wishOnPage(stated) ?? (await wishOfHost(url, robots))
  return wish && declined(i18n.t(wish === 'licence' ? 'owner.licence' : 'owner.signal'))
}

async function wishOfHost(
  url: string,
  robots: Parameters<typeof robotsDecline>[0],
): Promise<StatedWish | undefined> {
  return robotsDecline(robots, url) || (await askHeaders(url)) ? 'signal' : undefined
}

/** Asks a page's host for its headers alone; without cookies, so that a page behind a login says nothing here. */
function askHeaders(url: string): Promise<boolean> {
  const [address = url] = url.split('#')
  const asked =
    pages.get(address) ??
    fetchOfSite(address, { method: 'HEAD' }).then(
      (answer) => answer.state === 'text' && headersDecline(answer.headers),
    )
  pages.delete(address)
  pages.set(address, asked)
  for (const oldest of pages.keys()) if (pages.size > mostPages) pages.delete(oldest)
  return asked
}

function denied(reason: string | undefined): Failure {
  return declined(reason === undefined ? i18n.t('owner.denied') : i18n.t('owner.denied_because', { reason }))
}

function declined(message: string): Failure {
  return { error: 'owner_declined', message }
}
