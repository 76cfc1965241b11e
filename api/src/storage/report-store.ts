import { sql } from 'drizzle-orm'
import type { Report, ReportStore } from '../reports/ports.ts'
import type { Database } from './database.ts'
import { databaseCode, FOREIGN_KEY_VIOLATION } from './database-failure.ts'

type Row = { report_id: string | null; retry_after: number | null }

/** Reports in PostgreSQL. */
export function createReportStore({ orm, write }: Database): ReportStore {
  return {
    async add(report, most) {
      try {
        const [row] = await write(() => orm.execute<Row>(addStatement(report, most)))
        if (row?.report_id) return { kept: true, report_id: row.report_id }
        return { kept: false, reason: 'too_many', retry_after: row?.retry_after ?? 0 }
      } catch (error) {
        if (databaseCode(error) !== FOREIGN_KEY_VIOLATION) throw error
        return { kept: false, reason: 'unknown_learner' }
      }
    },
  }
}

/** Reports that arrive at the very same time do not see each other: a few more than `most` may be kept. */
function addStatement(report: Report, most: number) {
  return sql`
    with given as (
      select * from jsonb_to_record(${JSON.stringify(report)}::jsonb) as given (
        user_id uuid, site text, lesson_hash text, url text, section int, block int, kind text, text text
      )
    ), recent as (
      select count(*) as made, min(created_at) as oldest
      from lesson_reports join given using (user_id)
      where created_at > now() - interval '1 day'
    ), kept as (
      insert into lesson_reports (user_id, site, lesson_hash, url, section, block, kind, text)
      select given.* from given, recent where recent.made < ${most}
      returning report_id
    )
    select
      (select report_id from kept) as report_id,
      ceil(extract(epoch from recent.oldest + interval '1 day' - now()))::int as retry_after
    from recent`
}
