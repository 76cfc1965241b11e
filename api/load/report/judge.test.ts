import { describe, expect, it } from 'vitest'
import { judge } from './judge.ts'
import type { LoadReport } from './load-report.ts'

const report = {
  scenario: 'soak',
  failures: [],
  interrupted: false,
  parts: [],
} as unknown as Omit<LoadReport, 'verdicts'>

function callsJudged(upstream: Partial<LoadReport['upstream']>, change: Partial<LoadReport> = {}) {
  const of = {
    generations: 340,
    certain: 340,
    takenOver: 0,
    learnersPerGeneration: 1,
    calls: 340,
    ...upstream,
  }
  return judge({ ...report, ...change, upstream: of }).find(({ name }) => name === 'calls to the model')
}

describe('calls to the model', () => {
  it.each([
    ['one for each rewrite', {}, true],
    ['one too many', { calls: 341 }, false],
    ['one too few', { calls: 339 }, false],
    ['one more for a lease that was taken over', { calls: 341, takenOver: 1 }, true],
    ['two more for it', { calls: 342, takenOver: 1 }, false],
    ['none for what only those needed who left', { calls: 336, certain: 334 }, true],
    ['none for what others needed', { calls: 333, certain: 334 }, false],
  ])('%s', (_, upstream, isMet) => {
    expect(callsJudged(upstream)).toMatchObject({ isMet })
  })

  it('are wanted exactly where nothing can have changed their count', () => {
    expect(callsJudged({})?.goal).toBe('exactly 340')
    expect(callsJudged({ takenOver: 2, certain: 338 })?.goal).toBe('338 to 342')
  })

  it('are not judged where nobody knows how many were needed', () => {
    expect(callsJudged({}, { interrupted: true })).toBeUndefined()
    expect(callsJudged({}, { failures: [{ what: 'broken', count: 1 }] })).toBeUndefined()
  })
})
