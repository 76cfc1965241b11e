import type { ChangedSite, Failure, Site, SiteChange } from '@lectern/shared'
import { failure, isFailure } from '../failure.ts'
import { checkSite, type SiteRules } from './check-site.ts'
import type { SiteRegistry, SiteStore } from './ports.ts'

export type SiteChangePorts = {
  registry: SiteRegistry
  store: Pick<SiteStore, 'list'>
  rules: SiteRules
  /** Tells every process that the whitelist is another. */
  announce(siteId: string): Promise<void>
}

/** Adds a site to the whitelist. */
export async function addSite(
  ports: SiteChangePorts,
  site: Site,
  by: string,
): Promise<ChangedSite | Failure> {
  const added = await putSite(ports, site, () => ports.registry.add(site, by))
  const message = `There is a site "${site.id}" already: choose another id, or change that one.`
  return added ?? failure('site_exists', message, 'id')
}

/** Replaces a site of the whitelist by a new version of it. */
export async function replaceSite(
  ports: SiteChangePorts,
  site: Site,
  by: string,
): Promise<ChangedSite | Failure> {
  return (await putSite(ports, site, () => ports.registry.replace(site, by))) ?? siteNotFound(site.id)
}

async function putSite(
  ports: SiteChangePorts,
  site: Site,
  put: () => Promise<ChangedSite | undefined>,
): Promise<ChangedSite | Failure | undefined> {
  const problem = checkSite(site, await ports.store.list(), ports.rules)
  return problem ?? told(ports, site.id, put())
}

/** Takes a site off the whitelist; its history stays. */
export async function removeSite(
  ports: SiteChangePorts,
  siteId: string,
  by: string,
): Promise<ChangedSite | Failure> {
  return (await told(ports, siteId, ports.registry.remove(siteId, by))) ?? siteNotFound(siteId)
}

/** The changes of a site, the newest first. */
export async function siteHistory(
  { registry }: Pick<SiteChangePorts, 'registry'>,
  siteId: string,
): Promise<{ changes: SiteChange[] } | Failure> {
  const changes = await registry.history(siteId)
  return changes.length === 0 ? siteNotFound(siteId) : { changes }
}

/** Makes a site what it was before a change; that is a change itself, and can be undone. */
export async function undoSiteChange(
  ports: SiteChangePorts,
  siteId: string,
  change: number,
  by: string,
): Promise<ChangedSite | Failure> {
  const undone = await ports.registry.findChange(siteId, change)
  if (undone === undefined)
    return failure('not_found', 'The site has no change of this number: see its history.', 'change')
  const { before } = undone
  if (before === undefined) return removeSite(ports, siteId, by)
  const replaced = await replaceSite(ports, before, by)
  return isFailure(replaced) && replaced.error === 'site_not_found' ? addSite(ports, before, by) : replaced
}

async function told(
  { announce }: SiteChangePorts,
  siteId: string,
  changing: Promise<ChangedSite | undefined>,
): Promise<ChangedSite | undefined> {
  const changed = await changing
  if (changed !== undefined) await announce(siteId)
  return changed
}

export function siteNotFound(siteId: string): Failure {
  return failure('site_not_found', `There is no site "${siteId}": see GET /api/sites.`, 'id')
}
