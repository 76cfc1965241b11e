import type {
  Failure,
  PageQuery,
  SeenLessons,
  SiteReport,
  SiteReports,
  SiteReportsQuery,
  StaffSites,
  UsageQuery,
  UsageReport,
} from '@lectern/shared'
import { failure } from '../failure.ts'
import type { ReportStore } from '../reports/ports.ts'
import { dayOf } from '../usage/budgets.ts'
import type { UsageStore } from '../usage/ports.ts'
import { nothingUsed, readUsage, withSaved } from '../usage/site-usage.ts'
import { siteNotFound } from './change-site.ts'
import type { SeenLessonStore, SiteStore } from './ports.ts'

export type SiteCarePorts = {
  store: Pick<SiteStore, 'list'>
  usage: Pick<UsageStore, 'siteDays' | 'usedUntil' | 'sitesOn'>
  lessons: SeenLessonStore
  reports: Pick<ReportStore, 'list' | 'resolve' | 'countOpen'>
  /** Deletes stored rewrites, in the memory of all processes, too; gives how many. */
  purge(purged: { lesson: string } | { site: string }): Promise<number>
}

/** All sites with all that is kept of them, and what was used of each today. */
export async function staffSites({ store, usage, reports }: SiteCarePorts): Promise<StaffSites> {
  const day = dayOf(new Date())
  const [sites, used, open] = await Promise.all([store.list(), usage.sitesOn(day), reports.countOpen()])
  return {
    day,
    sites: sites.map((site) => {
      const { today, until } = used.get(site.id) ?? { today: nothingUsed, until: nothingUsed }
      return { site, today: withSaved(today, until), open_reports: open.get(site.id) ?? 0 }
    }),
  }
}

/** What was used of a listed site. */
export async function usageOfSite(
  ports: SiteCarePorts,
  siteId: string,
  query: UsageQuery,
): Promise<UsageReport | Failure> {
  return (await unlisted(ports, siteId)) ?? readUsage(ports.usage, siteId, query)
}

/** Which lessons of a listed site were read. */
export async function lessonsOfSite(
  ports: SiteCarePorts,
  siteId: string,
  page: PageQuery,
): Promise<SeenLessons | Failure> {
  return (await unlisted(ports, siteId)) ?? ports.lessons.list(siteId, page)
}

/** What learners reported of a listed site. */
export async function reportsOfSite(
  ports: SiteCarePorts,
  siteId: string,
  query: SiteReportsQuery,
): Promise<SiteReports | Failure> {
  return (await unlisted(ports, siteId)) ?? ports.reports.list(siteId, query)
}

/** Notes that a report was seen to, and by whom; or that it is open again. */
export async function resolveReport(
  { reports }: Pick<SiteCarePorts, 'reports'>,
  siteId: string,
  reportId: string,
  by: string | undefined,
): Promise<SiteReport | Failure> {
  const message = 'The site has no report of this id: it may have been erased with its learner.'
  return (await reports.resolve(siteId, reportId, by)) ?? failure('not_found', message, 'report_id')
}

/** Lets the rewrites of a lesson, or of all lessons that were read on a site, be made anew. */
export async function purgeSite(
  ports: SiteCarePorts,
  siteId: string,
  lesson: string | undefined,
): Promise<{ deleted_count: number } | Failure> {
  const problem = await unlisted(ports, siteId)
  if (problem !== undefined) return problem
  return { deleted_count: await ports.purge(lesson === undefined ? { site: siteId } : { lesson }) }
}

async function unlisted(
  { store }: Pick<SiteCarePorts, 'store'>,
  siteId: string,
): Promise<Failure | undefined> {
  const isListed = (await store.list()).some(({ id }) => id === siteId)
  return isListed ? undefined : siteNotFound(siteId)
}
