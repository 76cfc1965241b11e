import { Addition, BlockRewrite, Provenance, Receipt } from '@lectern/shared'
import { type SQL, sql } from 'drizzle-orm'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { StoredRewrite } from '../rewriting/ports.ts'
import { personalizedContentCache as cache } from './rewrite-tables.ts'

/** The control characters that part rows and columns: see the column itself. */
const [ROW, COLUMN] = ['\u001e', '\u001f']

/**
 * All rows as one text, read by {@link readRows}. To read 20 rows of nine columns by the driver takes 200 µs, this
 * 60; and what PostgreSQL wrote as JSON can go into an answer as it is.
 */
export const rowsText: SQL<string | null> = sql`string_agg(${cache.row_text}, chr(30))`

/** The rows of a text, but for those that do not fit the schemas: they count as missing. */
export function readRows(text: string | null | undefined): StoredRewrite[] {
  return text ? text.split(ROW).flatMap((row) => rewriteOf(row.split(COLUMN)) ?? []) : []
}

/** Its keys are those that were asked for. */
const rowSchema = Compile(
  Type.Object({ blocks: Type.Array(BlockRewrite), additions: Type.Array(Addition), receipt: Receipt }),
)
const noticeSchema = Compile(Type.Union([Type.Literal(''), Provenance.properties.notice]))

function rewriteOf(columns: string[]): StoredRewrite | undefined {
  const [section = '', profile = '', version = '', rewriteText = '', receiptText = '', model = '', ...rest] =
    columns
  const [notice = '', created, prompt_tokens, completion_tokens] = rest
  const json = `${rewriteText.slice(1, -1)},"receipt":${receiptText}`
  const row: unknown = JSON.parse(`{${json}}`)
  if (!rowSchema.Check(row) || !noticeSchema.Check(notice)) return undefined
  return {
    key: { section, profile, version },
    ...row,
    model,
    ...(notice && { notice }),
    generated_at: new Date(Number(created)),
    prompt_tokens: Number(prompt_tokens),
    completion_tokens: Number(completion_tokens),
    json,
  }
}
