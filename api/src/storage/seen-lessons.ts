import { and, desc, eq } from 'drizzle-orm'
import type { SeenLessonStore } from '../sites/ports.ts'
import type { Database } from './database.ts'
import { behind, microseconds, pageOf, pageSize } from './pages.ts'
import { siteLessons } from './tables.ts'

/** The lessons of sites in PostgreSQL. */
export function createSeenLessonStore({ orm, read }: Database): SeenLessonStore {
  return {
    async list(site, page) {
      const { site_id, last_seen_at, lesson_hash } = siteLessons
      const rows = await read(() =>
        orm
          .select({ row: siteLessons, at: microseconds(last_seen_at) })
          .from(siteLessons)
          .where(and(eq(site_id, site), behind(page, last_seen_at, lesson_hash)))
          .orderBy(desc(last_seen_at), desc(lesson_hash))
          .limit(pageSize(page) + 1),
      )
      const { items, next } = pageOf(rows, page, ({ at, row }) => [at, row.lesson_hash])
      const lessons = items.map(({ row }) => ({
        lesson_hash: row.lesson_hash,
        ...(row.lesson_slug !== null && { lesson_slug: row.lesson_slug }),
        ...(row.title !== null && { title: row.title }),
        first_seen: row.created_at.toISOString(),
        last_seen: row.last_seen_at.toISOString(),
        readers: row.readers,
      }))
      return { lessons, ...(next && { next }) }
    },
  }
}
