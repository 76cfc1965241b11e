import type { SiteReport } from '@lectern/shared'
import { and, desc, eq, getTableColumns, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Report, ReportStore } from '../reports/ports.ts'
import type { Database } from './database.ts'
import { databaseCode, FOREIGN_KEY_VIOLATION } from './database-failure.ts'
import { behind, microseconds, pageOf, pageSize } from './pages.ts'
import { lessonReports } from './tables.ts'

type Row = { report_id: string | null; retry_after: number | null }

/** Reports in PostgreSQL. */
export function createReportStore({ orm, read, write }: Database): ReportStore {
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

    async list(site, { state, ...page }) {
      const { resolved_at, created_at, report_id } = lessonReports
      const ofState = { open: isNull(resolved_at), resolved: isNotNull(resolved_at) }
      const rows = await read(() =>
        orm
          .select({ ...reportColumns, at: microseconds(created_at) })
          .from(lessonReports)
          .where(
            and(eq(lessonReports.site, site), state && ofState[state], behind(page, created_at, report_id)),
          )
          .orderBy(desc(created_at), desc(report_id))
          .limit(pageSize(page) + 1),
      )
      const { items, next } = pageOf(rows, page, ({ at, report_id: id }) => [at, id])
      return { reports: items.map(reportOf), ...(next && { next }) }
    },

    async resolve(site, reportId, by) {
      const [row] = await write(() =>
        orm
          .update(lessonReports)
          .set({ resolved_by: by ?? null, resolved_at: by === undefined ? null : sql`now()` })
          .where(and(eq(lessonReports.report_id, reportId), eq(lessonReports.site, site)))
          .returning(reportColumns),
      )
      return row && reportOf(row)
    },

    async countOpen() {
      const rows = await read(() =>
        orm
          .select({ site: lessonReports.site, open: sql<number>`count(*)::int` })
          .from(lessonReports)
          .where(and(isNotNull(lessonReports.site), isNull(lessonReports.resolved_at)))
          .groupBy(lessonReports.site),
      )
      return new Map(rows.map(({ site, open }) => [site ?? '', open]))
    },
  }
}

/** All but who made it. */
const { user_id: _, site: _site, ...reportColumns } = getTableColumns(lessonReports)
type ReportRow = Omit<typeof lessonReports.$inferSelect, 'user_id' | 'site'>

function reportOf({ report_id, created_at, resolved_at, ...row }: ReportRow): SiteReport {
  const { kind, lesson_hash, url, section, block, text, resolved_by } = row
  return {
    report_id,
    reported_at: created_at.toISOString(),
    kind,
    lesson_hash,
    url,
    ...(section !== null && { section }),
    ...(block !== null && { block }),
    ...(text !== null && { text }),
    ...(resolved_by !== null && { resolved_by }),
    ...(resolved_at !== null && { resolved_at: resolved_at.toISOString() }),
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
