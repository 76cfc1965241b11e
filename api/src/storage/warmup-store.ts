import { type Failure, formatProfile, type Preferences, profileOf, type Warmup } from '@lectern/shared'
import { and, desc, eq, ne, type SQL, sql } from 'drizzle-orm'
import type { AddedLesson, WarmupStore } from '../warmups/ports.ts'
import type { Database } from './database.ts'
import { warmupLessons, warmupRewrites, warmups } from './warmup-tables.ts'

/** A page of staff shows so many. */
const MOST_LISTED = 50
const MOST_FAILURES = 200
const KEPT = sql`interval '90 days'`

type WarmupRow = Omit<Warmup, 'state' | 'created_at'> & { state: string; created_at: string }

/** Warm-ups in PostgreSQL. */
export function createWarmupStore({ orm, read, write }: Database): WarmupStore {
  async function ids(query: SQL): Promise<string[]> {
    const rows = await read(() => orm.execute<{ rewrite_id: string }>(query))
    return [...rows].map(({ rewrite_id }) => rewrite_id)
  }

  return {
    async create({ site, profiles, created_by }, most) {
      const [row] = await write(() =>
        orm.execute<WarmupRow>(createStatement(site, profiles, created_by, most)),
      )
      return row && warmupOf(row)
    },

    async list() {
      const rows = await read(() => orm.execute<WarmupRow>(listStatement(sql`true`)))
      return [...rows].map(warmupOf)
    },

    async find(warmupId) {
      const [row] = await read(() =>
        orm.execute<WarmupRow>(listStatement(sql`warmup_id = ${warmupId}::uuid`)),
      )
      if (row === undefined) return undefined
      const { profile, error, message, ended_at } = warmupRewrites
      const rows = await read(() =>
        orm
          .select({
            lesson_slug: warmupLessons.lesson_slug,
            title: warmupLessons.title,
            url: warmupLessons.url,
            profile,
            error: sql<Failure['error']>`coalesce(${error}, 'internal_error')`,
            message: sql<string>`coalesce(${message}, '')`,
          })
          .from(warmupRewrites)
          .innerJoin(
            warmupLessons,
            and(
              eq(warmupLessons.warmup_id, warmupRewrites.warmup_id),
              eq(warmupLessons.lesson_hash, warmupRewrites.lesson_hash),
            ),
          )
          .where(and(eq(warmupRewrites.warmup_id, warmupId), eq(warmupRewrites.state, 'failed')))
          .orderBy(desc(ended_at))
          .limit(MOST_FAILURES),
      )
      const failures = rows.map(({ url, ...failed }) => ({ ...failed, ...(url !== null && { url }) }))
      return { ...warmupOf(row), failures }
    },

    async change(warmupId, state) {
      const changed = await write(() =>
        orm
          .update(warmups)
          .set({ state })
          .where(and(eq(warmups.warmup_id, warmupId), ne(warmups.state, 'cancelled')))
          .returning({ id: warmups.warmup_id }),
      )
      if (state === 'cancelled')
        await write(() => orm.execute(forgetTexts(sql`warmup_id = ${warmupId}::uuid`)))
      return changed.length > 0
    },

    async addLesson(warmupId, hash, lesson, most) {
      const [row] = await write(() =>
        orm.execute<{
          refused: Extract<AddedLesson, { refused: string }>['refused'] | null
          rewrites: string[]
        }>(addStatement(warmupId, hash, JSON.stringify(lesson), most)),
      )
      if (row === undefined) return { refused: 'unknown' }
      return row.refused === null ? { rewrites: row.rewrites } : { refused: row.refused }
    },

    waiting: (warmupId) =>
      ids(sql`
        select rewrite_id from warmup_rewrites join warmups using (warmup_id)
        where warmup_rewrites.state = 'waiting' and warmups.state = 'running'
          ${warmupId === undefined ? sql`` : sql`and warmup_id = ${warmupId}::uuid`}`),

    async take(rewriteId) {
      const [row] = await read(() =>
        orm
          .select({ site: warmups.site, profile: warmupRewrites.profile, lesson: warmupLessons.lesson })
          .from(warmupRewrites)
          .innerJoin(warmups, eq(warmups.warmup_id, warmupRewrites.warmup_id))
          .innerJoin(
            warmupLessons,
            and(
              eq(warmupLessons.warmup_id, warmupRewrites.warmup_id),
              eq(warmupLessons.lesson_hash, warmupRewrites.lesson_hash),
            ),
          )
          .where(
            and(
              eq(warmupRewrites.rewrite_id, rewriteId),
              eq(warmupRewrites.state, 'waiting'),
              eq(warmups.state, 'running'),
            ),
          ),
      )
      if (row === undefined || row.lesson === null) return undefined
      return { ...row, lesson: row.lesson }
    },

    async end(rewriteId, failed) {
      await write(() =>
        orm
          .update(warmupRewrites)
          .set({
            state: failed === undefined ? 'made' : 'failed',
            error: failed?.error ?? null,
            message: failed?.message ?? null,
            ended_at: sql`now()`,
          })
          .where(eq(warmupRewrites.rewrite_id, rewriteId)),
      )
      // By itself: the last of two that end at once must see the other.
      await write(() =>
        orm.execute(
          forgetTexts(sql`(warmup_id, lesson_hash) in (
            select warmup_id, lesson_hash from warmup_rewrites where rewrite_id = ${rewriteId}::uuid
          )`),
        ),
      )
    },

    async tidy() {
      await write(() => orm.execute(sql`delete from warmups where created_at < now() - ${KEPT}`))
      await write(() => orm.execute(forgetTexts(sql`true`)))
    },

    async usedProfiles(site, most) {
      const rows = await read(() =>
        orm.execute<Preferences & { learners: number }>(usedStatement(site, most)),
      )
      return [...rows].map(({ learners, ...preferences }) => ({
        profile: formatProfile(profileOf(preferences)),
        learners,
      }))
    },
  }
}

function warmupOf({ created_at, state, ...row }: WarmupRow): Warmup {
  const isDone = state === 'running' && row.waiting === 0 && row.lessons > 0
  return {
    ...row,
    created_at: new Date(created_at).toISOString(),
    state: isDone ? 'done' : (state as Warmup['state']),
  }
}

// Arrays come as JSON, which the driver reads; of arrays it is told no types.
const withCounts = sql`
  warmup_id, site, to_jsonb(profiles) as profiles, warmups.state, created_by, created_at,
  (select count(*)::int from warmup_lessons its where its.warmup_id = warmups.warmup_id) as lessons,
  coalesce(waiting, 0)::int as waiting, coalesce(made, 0)::int as made, coalesce(failed, 0)::int as failed`

function listStatement(which: SQL): SQL {
  return sql`
    select ${withCounts} from warmups left join lateral (
      select count(*) filter (where its.state = 'waiting') as waiting,
        count(*) filter (where its.state = 'made') as made, count(*) filter (where its.state = 'failed') as failed
      from warmup_rewrites its where its.warmup_id = warmups.warmup_id
    ) as counted on true
    where ${which}
    order by created_at desc, warmup_id limit ${MOST_LISTED}`
}

/** An open one is paused, or has rewrites that wait, or no lesson yet and was begun within a day. */
function createStatement(site: string, profiles: readonly string[], by: string, most: number): SQL {
  return sql`
    with open as (
      select count(*) as open from warmups where state = 'paused' or state = 'running' and (
        exists (select from warmup_rewrites its where its.warmup_id = warmups.warmup_id and its.state = 'waiting')
        or created_at > now() - interval '1 day'
          and not exists (select from warmup_lessons its where its.warmup_id = warmups.warmup_id)
      )
    ), created as (
      insert into warmups (site, profiles, created_by)
      select ${site}, array(select jsonb_array_elements_text(${JSON.stringify(profiles)}::jsonb)), ${by}
      from open where open < ${most}
      returning *
    )
    select warmup_id, site, to_jsonb(profiles) as profiles, state, created_by, created_at, 0 as lessons, 0 as waiting, 0 as made, 0 as failed
    from created`
}

/** Two lessons that come at the very same time do not see each other: a few more than `most` may be kept. */
function addStatement(warmupId: string, hash: string, lesson: string, most: number): SQL {
  return sql`
    with known as (
      select warmup_id, profiles, case
        when state = 'cancelled' then 'cancelled'
        when (select count(*) from warmup_lessons its where its.warmup_id = warmups.warmup_id) >= ${most} then 'full'
      end as refused
      from warmups where warmup_id = ${warmupId}::uuid
    ), added as (
      insert into warmup_lessons (warmup_id, lesson_hash, lesson_slug, title, url, lesson)
      select warmup_id, ${hash}, given.lesson ->> 'lesson_slug', given.lesson ->> 'title', given.lesson ->> 'url', given.lesson
      from known, (select ${lesson}::jsonb as lesson) as given where refused is null
      on conflict do nothing
      returning warmup_id, lesson_hash
    ), wanted as (
      insert into warmup_rewrites (warmup_id, lesson_hash, profile)
      select warmup_id, lesson_hash, unnest(profiles) from added join known using (warmup_id)
      returning rewrite_id
    )
    select refused, (select coalesce(jsonb_agg(rewrite_id), '[]') from wanted) as rewrites from known`
}

/** Of lessons that no rewrite waits for, or that are not to be made. */
function forgetTexts(which: SQL): SQL {
  return sql`
    update warmup_lessons its set lesson = null
    where ${which} and lesson is not null and (
      not exists (
        select from warmup_rewrites waiting where waiting.warmup_id = its.warmup_id
          and waiting.lesson_hash = its.lesson_hash and waiting.state = 'waiting'
      ) or exists (select from warmups where warmups.warmup_id = its.warmup_id and warmups.state = 'cancelled')
    )`
}

function usedStatement(site: string, most: number): SQL {
  return sql`
    select education_level, programming_experience, subject_background, ai_ml_experience,
      to_jsonb(learning_goals[1:1]) as learning_goals, preferred_language, count(*)::int as learners
    from user_preferences
    where user_id in (
      select user_id from user_lessons join site_lessons using (lesson_hash) where site_id = ${site}
    )
    group by 1, 2, 3, 4, 5, 6
    order by learners desc, 1, 2, 3, 4, 5, 6
    limit ${most}`
}
