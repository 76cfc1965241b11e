import { emptyReceipt, type Provenance, type Receipt } from '@lectern/shared'
import { expect, it } from 'vitest'
import { receiptSentence } from './receipt-sentence.ts'

const now = new Date('2026-11-20T12:00:00Z')
const provenance: Provenance = { model: 'MODEL', cached: true, generated_at: '2026-11-17T11:00:00Z' }
const sentence = (receipt: Partial<Receipt>, from: Partial<Provenance> = {}) =>
  receiptSentence({ ...emptyReceipt, ...receipt }, { ...provenance, ...from }, now)

it('counts what is the author’s and what changed', () => {
  const receipt = { code_blocks: 6, formulas: 14, figures: 3, links: 21, rewritten: 17, kept: 2 }
  expect(sentence(receipt)).toBe(
    'All 6 code blocks, 14 formulas, 3 figures and 21 links are the author’s; 17 of 19 paragraphs rewritten, 2 kept; made 3 days ago by MODEL, from cache',
  )
})

it.each([
  [{ formulas: 1, rewritten: 1 }, '1 formula: the author’s; 1 of 1 paragraph rewritten; made'],
  [
    { code_blocks: 1, tables: 2, kept: 3 },
    '1 code block and 2 tables: the author’s; 0 of 3 paragraphs rewritten, 3 kept; made',
  ],
  [{ links: 2 }, 'All 2 links are the author’s; made'],
  [
    { rewritten: 3, kept: 1, folded: 1, restored: 2, additions: 1 },
    '3 of 7 paragraphs rewritten, 1 kept, 1 folded, 2 left as the author wrote it, 1 addition; made',
  ],
  [{ kept: 4, folded: 2, additions: 5 }, '0 of 6 paragraphs rewritten, 4 kept, 2 folded, 5 additions; made'],
])('leaves out what counts nothing: %o', (receipt, start) => {
  expect(sentence(receipt)).toBe(`${start} 3 days ago by MODEL, from cache`)
})

it.each([
  ['2026-11-20T11:59:40Z', 'just now'],
  ['2026-11-20T12:05:00Z', 'just now'],
  ['2026-11-20T11:58:00Z', '2 minutes ago'],
  ['2026-11-20T11:00:00Z', '1 hour ago'],
  ['2026-09-20T11:00:00Z', '2 months ago'],
  ['2025-11-01T11:00:00Z', '1 year ago'],
])('says when: %s', (generated_at, age) => {
  expect(sentence({}, { generated_at, cached: false })).toBe(`made ${age} by MODEL`)
})

it('names no maker where a notice beside it does', () => {
  expect(sentence({ kept: 1 }, { notice: 'sample', cached: false })).toBe(
    '0 of 1 paragraph rewritten, 1 kept; made 3 days ago',
  )
})
