import type { Site } from '@lectern/shared'
import { type DraftField, draftOf } from './site-draft.ts'

/** The fields of a site that a change gave another value. */
export function changedFields(before: Site, after: Site): DraftField[] {
  const [old, now] = [draftOf(before), draftOf(after)]
  const fields = Object.keys(now) as DraftField[]
  return fields.filter((field) => JSON.stringify(old[field]) !== JSON.stringify(now[field]))
}
