import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { emptyReceipt } from '@lectern/shared'
import { expect, it } from 'vitest'
import { readRows } from '../storage/rewrite-rows.ts'
import { makeAnswer } from './make-answer.ts'

const SECTIONS = 15
const reading = { lesson: 'a'.repeat(64), profiles: [], version: 'b'.repeat(64) }

const rewriteText = JSON.stringify({
  blocks: [{ block: 1, status: 'rewritten', inline: 'A stone falls. '.repeat(100) }],
  additions: [],
})

/** The rows of a lesson as the database gives them: a text of their own each time. */
const rowsText = () =>
  Array.from({ length: SECTIONS }, (_, i) =>
    [
      ...[String(i).padStart(64, '0'), 'a'.repeat(64), reading.version, rewriteText],
      ...[JSON.stringify(emptyReceipt), 'a-model', '', '1795175797911.000', '10', '20'],
    ].join('\u001f'),
  ).join('\u001e')

it('says of each section what is stored of it, as valid JSON', () => {
  const answer = makeAnswer({ rewrites: readRows(rowsText()), reading }, 'json', [])
  const { lesson_hash, sections, receipt } = JSON.parse(answer.body.toString())
  expect({ lesson_hash, receipt }).toEqual({ lesson_hash: reading.lesson, receipt: emptyReceipt })
  expect(sections).toHaveLength(SECTIONS)
  expect(sections[1]).toEqual({
    section: 2,
    hash: '1'.padStart(64, '0'),
    model: 'a-model',
    cached: true,
    generated_at: new Date(1795175797911).toISOString(),
    ...JSON.parse(rewriteText),
    receipt: emptyReceipt,
  })
  expect(answer.sections).toHaveLength(SECTIONS)
})

it('holds nothing of the rows beside its own bytes', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const heap = () => {
    collect()
    return process.memoryUsage().heapUsed
  }
  const before = heap()
  const answers = Array.from({ length: 500 }, () =>
    makeAnswer({ rewrites: readRows(rowsText()), reading }, 'json', []),
  )
  const each = (heap() - before) / answers.length
  expect(each).toBeLessThan(rowsText().length / 4)
})
