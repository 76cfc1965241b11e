import { emptyReceipt } from '@lectern/shared'
import { expect, it } from 'vitest'
import { readRows } from './rewrite-rows.ts'

const hash = (digit: string) => digit.repeat(64)

const rowOf = (section: string, receipt: object = emptyReceipt) =>
  [
    ...[section, hash('a'), hash('b'), '{"blocks": [], "additions": []}', JSON.stringify(receipt), 'a-model'],
    ...['', '1795175797911.123000', '10', '20'],
  ].join('\u001f')

it('reads no rows where there are none', () => {
  expect(readRows(null)).toEqual([])
  expect(readRows('')).toEqual([])
})

it('reads the rows that fit the schemas', () => {
  const text = [rowOf(hash('1')), rowOf(hash('2'), {}), rowOf(hash('3'))].join('\u001e')
  const rewrites = readRows(text)
  expect(rewrites.map(({ key }) => key.section)).toEqual([hash('1'), hash('3')])
  expect(rewrites[0]).toEqual({
    key: { section: hash('1'), profile: hash('a'), version: hash('b') },
    blocks: [],
    additions: [],
    receipt: emptyReceipt,
    model: 'a-model',
    generated_at: new Date(1795175797911),
    prompt_tokens: 10,
    completion_tokens: 20,
    json: `"blocks": [], "additions": [],"receipt":${JSON.stringify(emptyReceipt)}`,
  })
})
