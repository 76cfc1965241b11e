import { type SQL, sql } from 'drizzle-orm'
import type { RetentionStore } from '../retention/ports.ts'
import type { Database } from './database.ts'

/** The job's row in scheduled_jobs. */
const JOB = 'retention'

/** What is past its time, in PostgreSQL. Samples of the demo stay. */
export function createRetentionStore({ orm, read, write }: Database): RetentionStore {
  const deleted = async (statement: SQL): Promise<number> =>
    (await write(() => orm.execute(statement))).length

  return {
    // The row's lock lets one in; the time in it keeps the others out.
    takeTurn: async (hours) =>
      (await deleted(sql`
        insert into scheduled_jobs (name, started_at) values (${JOB}, now())
        on conflict (name) do update set started_at = now()
        where scheduled_jobs.started_at < now() - make_interval(hours => ${hours})
        returning name`)) > 0,

    async removeRewrites(days, most) {
      const rows = await write(() =>
        orm.execute<{ section_hash: string }>(sql`
          delete from personalized_content_cache where ctid = any (array(
            select ctid from personalized_content_cache
            where last_used_at < ${before(days)} and notice is distinct from 'sample'
            order by last_used_at limit ${most} for update skip locked
          ))
          returning section_hash`),
      )
      return rows.map(({ section_hash }) => section_hash)
    },

    removeLessons: (days, most) =>
      deleted(sql`
        with gone as (
          delete from lessons where lesson_hash = any (array(
            select lesson_hash from lessons
            where created_at < ${before(days)}
              and not exists (select from user_lessons read where read.lesson_hash = lessons.lesson_hash)
              and not exists (
                select from personalized_content_cache cache
                where cache.section_hash = any (lessons.section_hashes)
              )
            limit ${most}
          ))
          returning lesson_hash
        ), nowhere as (
          delete from site_lessons using gone
          where site_lessons.lesson_hash = gone.lesson_hash and site_lessons.last_seen_at < ${before(days)}
        )
        select lesson_hash from gone`),

    async findIdleLearners(days, most) {
      const rows = await read(() =>
        orm.execute<{ user_id: string }>(sql`
          select user_id from users
          where created_at < ${before(days)}
            and not exists (${heard('user_preferences', 'updated_at', days)})
            and not exists (${heard('user_lessons', 'last_read_at', days)})
            and not exists (${heard('lesson_progress', 'updated_at', days)})
            and not exists (${heard('lesson_reports', 'created_at', days)})
          limit ${most}`),
      )
      return rows.map(({ user_id }) => user_id)
    },

    async removeAbandoned() {
      await write(() =>
        orm.execute(sql`delete from rewrite_leases where lease_until < now() - interval '1 day'`),
      )
      await write(() =>
        orm.execute(sql`
          delete from rewrite_steps where created_at < now() - interval '1 day'
            and not exists (select from rewrite_leases lease where lease.run = rewrite_steps.run)`),
      )
    },
  }
}

function before(days: number): SQL {
  return sql`now() - make_interval(days => ${days})`
}

function heard(table: string, at: string, days: number): SQL {
  const name = sql.identifier(table)
  return sql`select from ${name} where ${name}.user_id = users.user_id and ${name}.${sql.identifier(at)} >= ${before(days)}`
}
