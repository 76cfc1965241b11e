import Type, { type Static } from 'typebox'
import { Course } from './courses.ts'
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
