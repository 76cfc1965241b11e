import { Value } from 'typebox/value'
import { expect, it } from 'vitest'
import { LessonProgress, mergeProgress } from './progress.ts'

const lesson: LessonProgress = {
  lesson_slug: 'book/loops',
  state: 'in_progress',
  seconds: 90,
  updated_at: '2026-11-20T08:30:00.000Z',
}

it.each([
  [new Date().toISOString(), true],
  ['2026-11-20T08:30:00Z', true],
  ['2026-11-20', false],
  ['2026-13-20T08:30:00Z', false],
  ['2026-11-20T08:30:00+01:00', false],
  ['0001-01-01T00:00:00Z', false],
])('the time %s is one of progress: %s', (updated_at, expected) => {
  expect(Value.Check(LessonProgress, { ...lesson, updated_at })).toBe(expected)
})

it('merges to the state that changed last and the longest time, in either order', () => {
  const later: LessonProgress = {
    ...lesson,
    state: 'completed',
    seconds: 60,
    updated_at: '2026-11-20T09:00:00Z',
  }
  const merged = { ...later, seconds: 90 }
  expect(mergeProgress(lesson, later)).toEqual(merged)
  expect(mergeProgress(later, lesson)).toEqual(merged)
})
