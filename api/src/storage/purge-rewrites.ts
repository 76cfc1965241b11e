import { type SQL, sql } from 'drizzle-orm'
import type { Database } from './database.ts'

/** Whose rewrites are to be made anew: a lesson's, by its hash, or those of all lessons that were read on a site. */
export type Purged = { lesson: string } | { site: string }

/**
 * Deletes the stored rewrites of a lesson or a site, for all profiles, and tells `onDeleted` their sections; gives
 * how many that were. A section that stands in another lesson, too, is made anew there as well.
 */
export async function purgeRewrites(
  { orm, write }: Database,
  purged: Purged,
  onDeleted: (sections: readonly string[]) => Promise<void>,
): Promise<number> {
  const [row] = await write(() =>
    orm.execute<{ deleted: number; sections: string[] }>(purgeStatement(lessonsOf(purged))),
  )
  await onDeleted(row?.sections ?? [])
  return row?.deleted ?? 0
}

function lessonsOf(purged: Purged): SQL {
  return 'lesson' in purged
    ? sql`lesson_hash = ${purged.lesson}`
    : sql`lesson_hash in (select lesson_hash from site_lessons where site_id = ${purged.site})`
}

function purgeStatement(lessons: SQL): SQL {
  return sql`
    with deleted as (
      delete from personalized_content_cache
      where section_hash in (select unnest(section_hashes) from lessons where ${lessons})
      returning section_hash
    )
    select count(*)::int as deleted, coalesce(jsonb_agg(distinct section_hash), '[]') as sections from deleted`
}
