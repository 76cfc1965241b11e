import { Addition, BlockRewrite, Hash, Provenance, Receipt } from '@lectern/shared'
import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { makePgArray } from 'drizzle-orm/pg-core'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { RewriteStore, StoredRewrite } from '../rewriting/ports.ts'
import type { Database } from './database.ts'
import { personalizedContentCache as cache, lessons } from './tables.ts'

type Row = typeof cache.$inferSelect

const rowSchema = Compile(
  Type.Object({
    section_hash: Hash,
    profile_hash: Hash,
    version_hash: Hash,
    rewrite: Type.Object({ blocks: Type.Array(BlockRewrite), additions: Type.Array(Addition) }),
    receipt: Receipt,
    model: Type.String(),
    notice: Type.Union([Provenance.properties.notice, Type.Null()]),
  }),
)

/** Rewrites in PostgreSQL. A row that does not fit the schemas counts as missing. */
export function createRewriteStore({ orm, read, write }: Database): RewriteStore {
  const forProfiles = (): SQL => sql`${cache.profile_hash} = any(${sql.placeholder('profiles')}::text[])`
  const inVersion = (): SQL => eq(cache.version_hash, sql.placeholder('version'))

  const findRewrites = orm
    .select({
      row: getTableColumns(cache),
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

  // A row for each section in order, with what is stored of it: the hashes once, not once for each rewrite.
  const findLessonRewrites = orm
    .select({
      place: sql<string>`section.place`,
      hash: sql<string>`section.hash`,
      row: getTableColumns(cache),
    })
    .from(lessons)
    .crossJoinLateral(sql`unnest(${lessons.section_hashes}) with ordinality as section (hash, place)`)
    .leftJoin(cache, and(sql`${cache.section_hash} = section.hash`, forProfiles(), inVersion()))
    .where(eq(lessons.lesson_hash, sql.placeholder('lesson')))
    .orderBy(sql`section.place`)
    .prepare('find_lesson_rewrites')

  return {
    async find(lesson, profiles, version) {
      const rows = await read(() =>
        findRewrites.execute({
          lesson: lesson.hash,
          sections: makePgArray([...new Set(lesson.sections)]),
          profiles: makePgArray([...profiles]),
          version,
        }),
      )
      return {
        rewrites: rows.flatMap(({ row }) => storedRewrites(row)),
        lessonStored: rows.some(({ lessonStored }) => lessonStored),
      }
    },

    async findByLesson(lesson, profiles, version) {
      const rows = await read(() =>
        findLessonRewrites.execute({ lesson, profiles: makePgArray([...profiles]), version }),
      )
      if (rows.length === 0) return undefined
      const sections = new Map(rows.map(({ place, hash }) => [place, hash]))
      return { sections: [...sections.values()], rewrites: rows.flatMap(({ row }) => storedRewrites(row)) }
    },

    async save(rewrite) {
      const row = rowOf(rewrite)
      await write(() => orm.insert(cache).values(row).onConflictDoNothing())
    },

    async saveLesson(lesson, sections) {
      const row = { lesson_hash: lesson, section_hashes: [...sections] }
      await write(() => orm.insert(lessons).values(row).onConflictDoNothing())
    },
  }
}

function rowOf({ key, blocks, additions, generated_at, ...rest }: StoredRewrite): typeof cache.$inferInsert {
  return {
    section_hash: key.section,
    profile_hash: key.profile,
    version_hash: key.version,
    rewrite: { blocks, additions },
    created_at: generated_at,
    ...rest,
  }
}

function storedRewrites(row: Row | null): StoredRewrite[] {
  if (!rowSchema.Check(row)) return []
  const { section_hash, profile_hash, version_hash, rewrite, created_at, notice, ...rest } = row
  const { receipt, model, prompt_tokens, completion_tokens } = rest
  return [
    {
      key: { section: section_hash, profile: profile_hash, version: version_hash },
      ...rewrite,
      receipt,
      model,
      ...(notice && { notice }),
      generated_at: created_at,
      prompt_tokens,
      completion_tokens,
    },
  ]
}
