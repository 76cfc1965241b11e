import { cleanLine } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import type { ClearableHistory } from '../learners/ports.ts'
import type { ReadingHistory as ReadingHistoryPort } from '../rewriting/ports.ts'
import type { Database } from './database.ts'
import { WriteBehind } from './write-behind.ts'

type Reading = Parameters<ReadingHistoryPort['record']>[0] & { readAt: number }

const FLUSH_MS = 5_000

/**
 * Who read what. Readings wait in memory and are written together, at most 5 s later; a crash loses them.
 * `onFailure` hears of a failed writing, which is tried again with the next one; `onDeleted` of the sections whose
 * rewrites were deleted with a history.
 */
export class ReadingHistory implements ReadingHistoryPort, ClearableHistory {
  readonly #database: Database
  readonly #onFailure: (error: unknown) => void
  readonly #onDeleted: (sections: readonly string[]) => Promise<void>
  readonly #readings: WriteBehind<Reading>
  readonly #names = new WeakMap<readonly string[], string>()

  constructor(
    database: Database,
    onFailure: (error: unknown) => void = () => undefined,
    onDeleted: (sections: readonly string[]) => Promise<void> = () => Promise.resolve(),
  ) {
    this.#database = database
    this.#onFailure = onFailure
    this.#onDeleted = onDeleted
    this.#readings = new WriteBehind({
      write: (readings) => {
        const rows = JSON.stringify(readings.map(rowOf))
        return database.write(() => database.orm.execute(recordStatement(rows)))
      },
      merge: (_older, newer) => newer,
      delayMs: FLUSH_MS,
      onFailure,
    })
  }

  record(reading: Parameters<ReadingHistoryPort['record']>[0]): void {
    const { user_id, lesson, version, profiles, site } = reading
    // Each hit comes by here: whatever can wait is done when it is written.
    const key = `${user_id?.toLowerCase() ?? ''} ${lesson} ${version} ${this.#nameOf(profiles)} ${site ?? ''}`
    this.#readings.add(key, { ...reading, readAt: Date.now() })
  }

  #nameOf(profiles: readonly string[]): string {
    const known = this.#names.get(profiles)
    if (known !== undefined) return known
    const name = profiles.join(' ')
    this.#names.set(profiles, name)
    return name
  }

  async clear(userId: string): Promise<number> {
    // First what is pending, so that it counts: the learner's own, and what protects the rewrites of others.
    await this.flush()
    const [row] = await this.#database.write(() =>
      this.#database.orm.execute<{ deleted: number; sections: string[] }>(clearStatement(userId)),
    )
    await this.#onDeleted(row?.sections ?? []).catch(this.#onFailure)
    return row?.deleted ?? 0
  }

  /** Writes all pending readings; one writing at a time. */
  flush(): Promise<void> {
    return this.#readings.flush()
  }

  /** Writes what is pending and stops the timer. Throws if that fails. */
  close(): Promise<void> {
    return this.#readings.close()
  }
}

function rowOf({ readAt, ...reading }: Reading) {
  // What PostgreSQL refuses in a text would fail everyone's readings of that batch.
  const lesson_slug = cleanLine(reading.lesson_slug)
  return { ...reading, lesson_slug, read_at: new Date(readAt).toISOString() }
}

/**
 * Takes a JSON array of readings. One of a learner who is gone, or of none, is left out; the rewrites' day of last
 * use is kept, and for its site's staff when a lesson was read, and how many learners did.
 */
function recordStatement(readings: string) {
  return sql`
    with reading as (
      select * from jsonb_to_recordset(${readings}::jsonb) as reading (
        user_id uuid, lesson text, version text, profiles text[], lesson_slug text, read_at timestamptz,
        site text
      )
    ), used as (
      update personalized_content_cache cache set last_used_at = now()
      from reading join lessons on lessons.lesson_hash = reading.lesson
      where cache.section_hash = any (lessons.section_hashes) and cache.profile_hash = any (reading.profiles)
        and cache.version_hash = reading.version and cache.last_used_at < now() - interval '1 day'
    ), seen as (
      insert into site_lessons (site_id, lesson_hash, created_at, last_seen_at, readers)
      select site, lesson, min(read_at), max(read_at), count(distinct user_id) filter (
        where not exists (
          select from user_lessons known where known.user_id = reading.user_id and known.lesson_hash = lesson
        )
      )
      from reading join users using (user_id)
      where site is not null
      group by site, lesson
      order by site, lesson
      on conflict (site_id, lesson_hash) do update set
        last_seen_at = greatest(site_lessons.last_seen_at, excluded.last_seen_at),
        readers = site_lessons.readers + excluded.readers
    )
    insert into user_lessons
      (user_id, lesson_hash, version_hash, profile_hashes, lesson_slug, first_read_at, last_read_at)
    select distinct on (user_id, lesson, version, profiles)
      user_id, lesson, version, profiles, lesson_slug, read_at, read_at
    from reading join users using (user_id)
    order by user_id, lesson, version, profiles, read_at desc
    on conflict (user_id, lesson_hash, version_hash, profile_hashes)
    do update set lesson_slug = excluded.lesson_slug, last_read_at = excluded.last_read_at`
}

function clearStatement(userId: string) {
  return sql`
    with gone as (
      delete from user_lessons where user_id = ${userId}::uuid returning *
    ), their as (
      select distinct section.hash as section_hash, profile.hash as profile_hash, gone.version_hash
      from gone join lessons using (lesson_hash),
        unnest(lessons.section_hashes) as section (hash), unnest(gone.profile_hashes) as profile (hash)
    ), deleted as (
      delete from personalized_content_cache cache using their
      where cache.section_hash = their.section_hash and cache.profile_hash = their.profile_hash
        and cache.version_hash = their.version_hash and cache.notice is distinct from 'sample'
        and not exists (
          select from lessons join user_lessons other using (lesson_hash)
          where lessons.section_hashes @> array[cache.section_hash] and other.user_id <> ${userId}::uuid
            and other.version_hash = cache.version_hash and cache.profile_hash = any (other.profile_hashes)
        )
      returning cache.section_hash
    )
    select ((select count(*) from gone) + (select count(*) from deleted))::int as deleted,
      (select coalesce(jsonb_agg(distinct section_hash), '[]') from deleted) as sections`
}
