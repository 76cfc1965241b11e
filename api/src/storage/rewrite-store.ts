import { and, eq, sql } from 'drizzle-orm'
import { makePgArray } from 'drizzle-orm/pg-core'
import { Batcher } from '../batcher.ts'
import type { RewriteStore } from '../rewriting/ports.ts'
import type { Database } from './database.ts'
import { readRows, rowsText } from './rewrite-rows.ts'
import { personalizedContentCache as cache } from './rewrite-tables.ts'
import { lessons } from './tables.ts'
import { unseenValue } from './unseen-value.ts'

/** Rewrites in PostgreSQL. A row that does not fit the schemas counts as missing. */
export function createRewriteStore({ orm, read, write }: Database): RewriteStore {
  const forProfiles = sql`${cache.profile_hash} = any(${unseenValue('profiles', 'text[]')})`
  const inVersion = sql`${cache.version_hash} = ${unseenValue('version', 'text')}`

  const findRewrites = orm
    .select({
      rows: rowsText,
      lessonStored: sql<boolean>`exists (select from ${lessons} where ${lessons.lesson_hash} = ${sql.placeholder('lesson')})`,
    })
    .from(cache)
    .where(
      and(sql`${cache.section_hash} = any(${unseenValue('sections', 'text[]')})`, forProfiles, inVersion),
    )
    .prepare('find_rewrites')

  const findLessonRewrites = orm
    .select({
      sections: sql<string>`array_to_string(${lessons.section_hashes}, ' ')`,
      rows: sql<string | null>`(select ${rowsText} from ${cache}
        where ${cache.section_hash} = any(${lessons.section_hashes}) and ${forProfiles} and ${inVersion})`,
    })
    .from(lessons)
    .where(eq(lessons.lesson_hash, sql.placeholder('lesson')))
    .prepare('find_lesson_rewrites')

  // A hundred lessons that begin at once would fill the pool before the first could be asked for.
  const saves = new Batcher<typeof lessons.$inferInsert, void>(async (rows) => {
    // In one order, so that no two processes wait for each other.
    const ordered = rows.toSorted((a, b) => (a.lesson_hash < b.lesson_hash ? -1 : 1))
    await write(() => orm.insert(lessons).values(ordered).onConflictDoNothing())
    return rows.map(() => undefined)
  })

  return {
    async find(lesson, profiles, version) {
      const [found] = await read(() =>
        findRewrites.execute({
          lesson: lesson.hash,
          sections: makePgArray([...new Set(lesson.sections)]),
          profiles: makePgArray([...profiles]),
          version,
        }),
      )
      return { rewrites: readRows(found?.rows), lessonStored: found?.lessonStored ?? false }
    },

    async findByLesson(lesson, profiles, version) {
      const [found] = await read(() =>
        findLessonRewrites.execute({ lesson, profiles: makePgArray([...profiles]), version }),
      )
      return found && { sections: found.sections.split(' '), rewrites: readRows(found.rows) }
    },

    saveLesson: (lesson, sections) => saves.ask({ lesson_hash: lesson, section_hashes: [...sections] }),
  }
}
