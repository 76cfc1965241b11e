import { and, eq, type SQL, sql } from 'drizzle-orm'
import { makePgArray } from 'drizzle-orm/pg-core'
import { Batcher } from '../batcher.ts'
import type { RewriteStore } from '../rewriting/ports.ts'
import type { Database } from './database.ts'
import { readRows, rowsText } from './rewrite-rows.ts'
import { personalizedContentCache as cache, lessons } from './tables.ts'

/** Rewrites in PostgreSQL. A row that does not fit the schemas counts as missing. */
export function createRewriteStore({ orm, read, write }: Database): RewriteStore {
  const forProfiles = (): SQL => sql`${cache.profile_hash} = any(${sql.placeholder('profiles')}::text[])`
  const inVersion = (): SQL => eq(cache.version_hash, sql.placeholder('version'))

  const findRewrites = orm
    .select({
      rows: rowsText(sql`1`, sql`${cache.section_hash}`),
      lessonStored: sql<boolean>`exists (select from ${lessons} where ${lessons.lesson_hash} = ${sql.placeholder('lesson')})`,
    })
    .from(cache)
    .where(
      and(
        sql`${cache.section_hash} = any(${sql.placeholder('sections')}::text[])`,
        forProfiles(),
        inVersion(),
      ),
    )
    .prepare('find_rewrites')

  const findLessonRewrites = orm
    .select({ rows: rowsText(sql`section.place`, sql`section.hash`) })
    .from(lessons)
    .crossJoinLateral(sql`unnest(${lessons.section_hashes}) with ordinality as section (hash, place)`)
    .leftJoin(cache, and(sql`${cache.section_hash} = section.hash`, forProfiles(), inVersion()))
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
      const rewrites = readRows(found?.rows).flatMap(({ rewrite }) => rewrite ?? [])
      return { rewrites, lessonStored: found?.lessonStored ?? false }
    },

    async findByLesson(lesson, profiles, version) {
      const [found] = await read(() =>
        findLessonRewrites.execute({ lesson, profiles: makePgArray([...profiles]), version }),
      )
      const rows = readRows(found?.rows)
      if (rows.length === 0) return undefined
      const sections = new Map(rows.map(({ place, hash }) => [place, hash]))
      return { sections: [...sections.values()], rewrites: rows.flatMap(({ rewrite }) => rewrite ?? []) }
    },

    saveLesson: (lesson, sections) => saves.ask({ lesson_hash: lesson, section_hashes: [...sections] }),
  }
}
