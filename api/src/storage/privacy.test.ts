import { glob, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { expect, it } from 'vitest'

const policy = resolve(import.meta.dirname, '../../../PRIVACY.md')

/** The names in the first column of a section's table. */
async function namesIn(section: string): Promise<string[]> {
  const text = await readFile(policy, 'utf8')
  const [, after = ''] = text.split(`\n## ${section}\n`)
  const [part = ''] = after.split('\n## ')
  const firstCells = [...part.matchAll(/^\| (`[^|]+) \|/gm)].map(([, cell]) => cell ?? '')
  return firstCells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? '')).sort()
}

it('PRIVACY.md names every table, and no other', async () => {
  const tables: string[] = []
  for await (const file of glob('*tables.ts', { cwd: import.meta.dirname })) {
    const declared: Record<string, unknown> = await import(resolve(import.meta.dirname, file))
    for (const value of Object.values(declared)) if (is(value, PgTable)) tables.push(getTableName(value))
  }
  expect(tables.length).toBeGreaterThan(15)
  expect(await namesIn('What the API keeps')).toEqual(tables.sort())
})
