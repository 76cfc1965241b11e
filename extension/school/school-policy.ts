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

/** How long the browser may take to say what the school has set. */
const PATIENCE_MS = 2_000
let asked: Promise<SchoolPolicy> | undefined

/**
 * What the school has set, for what must not wait long. Chromium answers once it has loaded its policies, in a new
 * profile up to half a minute late (seen in 156), and everything would wait: then nothing counts as set until it does.
 */
export function schoolPolicy(): Promise<SchoolPolicy> {
  asked ??= inTime(
    wholeSchoolPolicy().finally(() => {
      asked = undefined
    }),
  )
  return asked
}

async function inTime(answer: Promise<SchoolPolicy>): Promise<SchoolPolicy> {
  const { promise: late, resolve } = Promise.withResolvers<SchoolPolicy>()
  const timer = setTimeout(() => resolve({}), PATIENCE_MS)
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * What the school has set, however long the browser takes to say so. A field that is not as it must be counts as not
 * set, and is named in the log.
 */
export async function wholeSchoolPolicy(): Promise<SchoolPolicy> {
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
