import { cleanLine } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { LessonName, SiteLessons as SiteLessonsPort } from '../rewriting/ports.ts'
import type { Database } from './database.ts'
import { WriteBehind } from './write-behind.ts'

type SiteLesson = { site: string; lesson: string; seen_at: string } & Partial<LessonName>

const NOTED = { max: 20_000, ttl: 60 * 60_000 }
const FLUSH_MS = 5_000

/** On which sites lessons are read, noted at most 5 s later, and once an hour by each process. */
export class SiteLessons implements SiteLessonsPort {
  readonly #lessons: WriteBehind<SiteLesson>
  readonly #noted = new LRUCache<string, true>(NOTED)

  constructor({ orm, write }: Database, onFailure: (error: unknown) => void) {
    this.#lessons = new WriteBehind({
      write: (lessons) => write(() => orm.execute(noteStatement(JSON.stringify(lessons)))),
      merge: (older, newer) => ({ ...older, ...newer }),
      delayMs: FLUSH_MS,
      onFailure,
    })
  }

  note(site: string, lesson: string, name?: LessonName): void {
    // That it was noted without a name must not keep its name out.
    const key = `${site} ${lesson} ${name === undefined ? '' : 'named'}`
    if (this.#noted.has(key)) return
    this.#noted.set(key, true)
    this.#lessons.add(`${site} ${lesson}`, {
      site,
      lesson,
      seen_at: new Date().toISOString(),
      ...(name && clean(name)),
    })
  }

  flush(): Promise<void> {
    return this.#lessons.flush()
  }

  /** Writes what is pending. Throws if that fails. */
  close(): Promise<void> {
    return this.#lessons.close()
  }
}

/** What PostgreSQL refuses in a text would fail all lessons of that batch. */
function clean({ lesson_slug, title }: LessonName): LessonName {
  return { lesson_slug: cleanLine(lesson_slug), title: cleanLine(title) }
}

function noteStatement(lessons: string) {
  return sql`
    insert into site_lessons (site_id, lesson_hash, lesson_slug, title, created_at, last_seen_at)
    select site, lesson, lesson_slug, title, seen_at, seen_at
    from jsonb_to_recordset(${lessons}::jsonb) as noted (
      site text, lesson text, lesson_slug text, title text, seen_at timestamptz
    )
    order by site, lesson
    on conflict (site_id, lesson_hash) do update set
      lesson_slug = coalesce(excluded.lesson_slug, site_lessons.lesson_slug),
      title = coalesce(excluded.title, site_lessons.title),
      last_seen_at = greatest(site_lessons.last_seen_at, excluded.last_seen_at)`
}
