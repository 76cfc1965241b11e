import type { PageQuery } from '@lectern/shared'
import { type Column, type SQL, sql } from 'drizzle-orm'

const USUAL_SIZE = 50

/** How many items a page has at most; one more is read, to know whether there is another page. */
export function pageSize({ limit = USUAL_SIZE }: PageQuery): number {
  return limit
}

/** A moment as PostgreSQL keeps it, which a Date does not: two moments of one millisecond are two. */
export function microseconds(at: Column): SQL<string> {
  return sql`(extract(epoch from ${at}) * 1000000)::bigint::text`
}

/** What comes after the last item of the page before, where the newest come first; nothing for the first page. */
export function behind({ after }: PageQuery, at: Column, id: Column): SQL | undefined {
  if (after === undefined) return undefined
  const end = after.indexOf('-')
  const moment = sql`timestamptz 'epoch' + ${after.slice(0, end)}::bigint * interval '1 microsecond'`
  return sql`(${at}, ${id}::text) < (${moment}, ${after.slice(end + 1)})`
}

/** The page of rows that were read one beyond its size, and where the next one begins. */
export function pageOf<Row>(
  rows: readonly Row[],
  query: PageQuery,
  placeOf: (row: Row) => [at: string, id: string],
): { items: Row[]; next: string | undefined } {
  const size = pageSize(query)
  const items = rows.slice(0, size)
  const last = items.at(-1)
  return { items, next: rows.length > size && last !== undefined ? placeOf(last).join('-') : undefined }
}
