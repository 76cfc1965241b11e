import Type, { type Static } from 'typebox'
import { Course } from './courses.ts'
import { reportKinds } from './report-kinds.ts'
import { ReportCreate, ReportMade } from './reports.ts'
import { Hash } from './requests.ts'
import { Site } from './sites.ts'

const Moment = Type.String({ format: 'date-time' })

/** Whose token it is. */
export const StaffMember = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 80 }),
  expires_at: Moment,
})
export type StaffMember = Static<typeof StaffMember>

/** One change of a site: `before` is absent where it was added, `after` where it was removed. */
export const SiteChange = Type.Object({
  change: Type.Integer({ minimum: 1, description: 'the larger, the later' }),
  site: Site.properties.id,
  changed_at: Moment,
  changed_by: Type.String(),
  before: Type.Optional(Site),
  after: Type.Optional(Site),
})
export type SiteChange = Static<typeof SiteChange>

export const SiteHistory = Type.Object({ changes: Type.Array(SiteChange) })

/** What a staff call did to a site. */
export const ChangedSite = Type.Object({
  change: SiteChange.properties.change,
  site: Type.Optional(Type.Object(Site.properties, { description: 'absent where it was removed' })),
})
export type ChangedSite = Static<typeof ChangedSite>

export const CourseList = Type.Object({ courses: Type.Array(Course) })

const Count = Type.Integer({ minimum: 0 })
const Money = Type.Number({ minimum: 0, description: 'in the currency of the settings’ prices' })
const Day = Type.String({ format: 'date', description: 'of UTC, as YYYY-MM-DD' })

/** What was used of a site, or of the whole. */
export const Usage = Type.Object({
  calls: Type.Integer({ minimum: 0, description: 'to the model' }),
  prompt_tokens: Count,
  completion_tokens: Count,
  cost: Money,
  made: Type.Integer({ minimum: 0, description: 'sections that were made for the one who asked' }),
  shared: Type.Integer({ minimum: 0, description: 'sections that were being made for another learner' }),
  hits: Type.Integer({ minimum: 0, description: 'sections that were found stored' }),
  failed: Type.Integer({ minimum: 0, description: 'sections, of those made, that could not be' }),
  saved_tokens: Type.Integer({
    minimum: 0,
    description:
      'what the sections shared and found stored did not take: (shared + hits) × all tokens ÷ all sections made and not failed, both until the last day that is asked for',
  }),
  saved_cost: Type.Number({ minimum: 0, description: 'the same with what all calls cost' }),
})
export type Usage = Static<typeof Usage>

/** Usage by day, and in all. Days on which nothing was used are not listed. */
export const UsageReport = Type.Object({
  site: Type.Optional(Type.String({ description: 'absent for the whole' })),
  from: Day,
  to: Day,
  days: Type.Array(Type.Object({ day: Day, ...Usage.properties })),
  total: Usage,
})
export type UsageReport = Static<typeof UsageReport>

/** So many days of usage are given at once. */
export const mostUsageDays = 366

/** Both included; the last thirty days where absent. */
export const UsageQuery = Type.Object(
  { from: Type.Optional(Day), to: Type.Optional(Day) },
  { additionalProperties: false },
)
export type UsageQuery = Static<typeof UsageQuery>

/** All sites in the order in which they are tried, with all fields, and what was used today. */
export const StaffSites = Type.Object({
  day: Day,
  sites: Type.Array(Type.Object({ site: Site, today: Usage, open_reports: Type.Integer({ minimum: 0 }) })),
})
export type StaffSites = Static<typeof StaffSites>

/** A page of a list: `after` is the `next` of the page before. */
const pageFields = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: '50 where absent' })),
  after: Type.Optional(
    Type.String({ pattern: '^\\d{1,17}-[0-9a-f-]{1,64}$', description: '`next` of the page before' }),
  ),
}
const next = Type.Optional(Type.String({ description: '`after` of the next page; absent at the end' }))

export const PageQuery = Type.Object(pageFields, { additionalProperties: false })
export type PageQuery = Static<typeof PageQuery>

/** A lesson that was read on a site, or made beforehand; nobody who read it is named. */
export const SeenLesson = Type.Object({
  lesson_hash: Hash,
  lesson_slug: Type.Optional(Type.String()),
  title: Type.Optional(Type.String()),
  first_seen: Moment,
  last_seen: Moment,
  readers: Type.Integer({ minimum: 0, description: 'learners' }),
})
export type SeenLesson = Static<typeof SeenLesson>

/** Those last seen come first. */
export const SeenLessons = Type.Object({ lessons: Type.Array(SeenLesson), next })
export type SeenLessons = Static<typeof SeenLessons>

export const SiteReportsQuery = Type.Object(
  { ...pageFields, state: Type.Optional(Type.Enum(['open', 'resolved'])) },
  { additionalProperties: false },
)
export type SiteReportsQuery = Static<typeof SiteReportsQuery>

/** A problem that a learner reported; not who that was. */
export const SiteReport = Type.Object({
  report_id: ReportMade.properties.report_id,
  reported_at: Moment,
  kind: Type.Enum(reportKinds),
  lesson_hash: Hash,
  url: Type.String(),
  section: ReportCreate.properties.section,
  block: ReportCreate.properties.block,
  text: Type.Optional(Type.String({ description: 'of that block as shown, where the learner sent it' })),
  resolved_by: Type.Optional(Type.String()),
  resolved_at: Type.Optional(Moment),
})
export type SiteReport = Static<typeof SiteReport>

/** The newest first. */
export const SiteReports = Type.Object({ reports: Type.Array(SiteReport), next })
export type SiteReports = Static<typeof SiteReports>

export const ReportResolution = Type.Object({ resolved: Type.Boolean() }, { additionalProperties: false })

/** Of one lesson, or of all that were read on the site. */
export const PurgeQuery = Type.Object(
  {
    lesson_hash: Type.Optional(Hash),
  },
  { additionalProperties: false },
)
