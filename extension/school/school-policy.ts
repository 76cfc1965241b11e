import { CourseCode, Preferences, Site } from '@lectern/shared'
import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { browser } from 'wxt/browser'
import { ApiUrl } from '../storage/settings-store.ts'

/** What a school sets for its machines, each field by itself; `managed-schema.json` tells Chrome of the same fields. */
const fields = {
  api_url: ApiUrl,
  course: CourseCode,
  /** Textbooks that the school decides on; they come before the API's. */
  sites: Type.Array(Site, { maxItems: 200 }),
  /** Answers for learners who gave none. */
  preferences: Preferences,
  /** The school has told learners what is sent, and has their consent: then they are not asked before the first use. */
  consent_recorded: Type.Boolean(),
  /** False takes something away: reports of problems, */
  reports: Type.Boolean(),
  /** progress on the API's server, */
  progress_sync: Type.Boolean(),
  /** simpler, deeper and other wordings of a lesson, */
  other_versions: Type.Boolean(),
  /** and the API's record of what a learner reads; with it goes progress on the server. */
  server_history: Type.Boolean(),
}
export const SchoolPolicy = Type.Partial(Type.Object(fields))
export type SchoolPolicy = Static<typeof SchoolPolicy>

/** What the school has set; a field that is not as it must be counts as not set, and is named in the log. */
export async function schoolPolicy(): Promise<SchoolPolicy> {
  // Firefox rejects where no policy is set.
  const set: Record<string, unknown> = await browser.storage.managed.get().catch(() => ({}))
  const valid = Object.entries(fields).flatMap(([name, schema]) => {
    const value = set[name]
    if (value === undefined) return []
    if (Value.Check(schema, value)) return [[name, value]]
    const [error] = Value.Errors(schema, value)
    console.error(
      `The school's policy is passed over at ${name}${error?.instancePath ?? ''}: ${error?.message}`,
    )
    return []
  })
  return Object.fromEntries(valid)
}

/** What the school has taken away from learners. */
export function takenAway(policy: SchoolPolicy): {
  reports: boolean
  progressSync: boolean
  versions: boolean
} {
  const { reports, progress_sync, other_versions, server_history } = policy
  return {
    reports: reports === false,
    progressSync: progress_sync === false || server_history === false,
    versions: other_versions === false,
  }
}
