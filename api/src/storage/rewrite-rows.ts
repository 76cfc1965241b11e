import { Addition, BlockRewrite, Hash, Provenance, Receipt } from '@lectern/shared'
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

const rewriteSchema = Compile(
  Type.Object({ blocks: Type.Array(BlockRewrite), additions: Type.Array(Addition) }),
)
const rowSchema = Compile(
  Type.Object({
    key: Type.Object({ section: Hash, profile: Hash, version: Hash }),
    receipt: Receipt,
    model: Type.String(),
    notice: Provenance.properties.notice,
  }),
)

function rewriteOf(columns: string[]): StoredRewrite | undefined {
  const [section = '', profile = '', version = '', rewriteText = '', receiptText = '', model = '', ...rest] =
    columns
  const [notice, created, prompt_tokens, completion_tokens] = rest
  const rewrite: unknown = JSON.parse(rewriteText)
  const row: unknown = {
    key: { section, profile, version },
    receipt: JSON.parse(receiptText),
    model,
    ...(notice && { notice }),
  }
  if (!rewriteSchema.Check(rewrite) || !rowSchema.Check(row)) return undefined
  const { notice: _, ...others } = row
  return {
    ...others,
    ...rewrite,
    ...(row.notice && { notice: row.notice }),
    generated_at: new Date(Number(created)),
    prompt_tokens: Number(prompt_tokens),
    completion_tokens: Number(completion_tokens),
    json: `${rewriteText.slice(1, -1)},"receipt":${receiptText}`,
  }
}
