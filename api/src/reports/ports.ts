import type { ReportCreate, SiteReport, SiteReports, SiteReportsQuery } from '@lectern/shared'

/** A report as it is kept: by site, without what of the address could name the learner. */
export type Report = ReportCreate & { user_id: string; site?: string }

/** What became of a report: kept, refused for so many seconds, or of nobody who is known. */
export type ReportOutcome =
  | { kept: true; report_id: string }
  | { kept: false; reason: 'too_many'; retry_after: number }
  | { kept: false; reason: 'unknown_learner' }

export type ReportStore = {
  /** Keeps a report, unless the learner made `most` of them in the last 24 hours. One statement. */
  add(report: Report, most: number): Promise<ReportOutcome>
  /** A page of a site's reports, the newest first, without who made them. */
  list(site: string, query: SiteReportsQuery): Promise<SiteReports>
  /** Notes who of the staff has seen to a report, or, without a name, that nobody has; gives the report, if there is one. */
  resolve(site: string, reportId: string, by: string | undefined): Promise<SiteReport | undefined>
  /** How many of each site nobody has seen to. */
  countOpen(): Promise<ReadonlyMap<string, number>>
}
