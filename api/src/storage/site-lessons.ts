import { sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { SiteLessons as SiteLessonsPort } from '../rewriting/ports.ts'
import type { Database } from './database.ts'
import { WriteBehind } from './write-behind.ts'

type SiteLesson = { site: string; lesson: string }

const NOTED = { max: 20_000, ttl: 60 * 60_000 }
const FLUSH_MS = 5_000

/** On which sites lessons are read, noted at most 5 s later, and once an hour by each process. */
export class SiteLessons implements SiteLessonsPort {
  readonly #lessons: WriteBehind<SiteLesson>
  readonly #noted = new LRUCache<string, true>(NOTED)

  constructor({ orm, write }: Database, onFailure: (error: unknown) => void) {
    this.#lessons = new WriteBehind({
      write: (lessons) => write(() => orm.execute(noteStatement(JSON.stringify(lessons)))),
      merge: (_older, newer) => newer,
      delayMs: FLUSH_MS,
      onFailure,
    })
  }

  note(site: string, lesson: string): void {
    const key = `${site} ${lesson}`
    if (this.#noted.has(key)) return
    this.#noted.set(key, true)
    this.#lessons.add(key, { site, lesson })
  }

  flush(): Promise<void> {
    return this.#lessons.flush()
  }

  /** Writes what is pending. Throws if that fails. */
  close(): Promise<void> {
    return this.#lessons.close()
  }
}

function noteStatement(lessons: string) {
  return sql`
    insert into site_lessons (site_id, lesson_hash)
    select site, lesson from jsonb_to_recordset(${lessons}::jsonb) as noted (site text, lesson text)
    order by site, lesson
    on conflict do nothing`
}
