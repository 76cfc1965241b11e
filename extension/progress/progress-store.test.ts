import { type LessonProgress, progressLimits } from '@lectern/shared'
import { expect, it } from 'vitest'
import {
  afterAsking,
  afterReading,
  afterSaying,
  afterWish,
  type ProgressKept,
  progressOf,
} from './progress-store.ts'

const none: ProgressKept = { lessons: [], shared_with: null, unsent: [], asked_at: 0 }
const loops = { address: 'book.example/loops' }
const stateOf = (kept: ProgressKept) => {
  const { state, seconds } = progressOf(kept, loops.address) ?? {}
  return [state, seconds]
}

it('adds the time, and a lesson once completed stays so until its learner says otherwise', () => {
  let kept = afterReading(none, { ...loops, site: 'book' }, { seconds: 30, finished: false })
  expect(kept.lessons).toEqual([
    {
      lesson_slug: loops.address,
      site: 'book',
      state: 'in_progress',
      seconds: 30,
      updated_at: expect.any(String),
    },
  ])
  kept = afterReading(kept, loops, { seconds: 20, finished: true })
  kept = afterReading(kept, loops, { seconds: 5, finished: false })
  expect(stateOf(kept)).toEqual(['completed', 55])
  kept = afterSaying(kept, loops, 'in_progress')
  expect(stateOf(kept)).toEqual(['in_progress', 55])
  expect(kept.unsent).toEqual([])
})

it('keeps the time of the last change of state, as the server compares it', () => {
  const kept = afterReading(none, loops, { seconds: 1, finished: true })
  const older = {
    ...kept,
    lessons: kept.lessons.map((one) => ({ ...one, updated_at: '2026-01-01T00:00:00.000Z' })),
  }
  const [again] = afterReading(older, loops, { seconds: 9, finished: true }).lessons
  expect(again?.updated_at).toBe('2026-01-01T00:00:00.000Z')
})

it('is bounded: what changed longest ago goes first', () => {
  const lessons = Array.from({ length: progressLimits.lessons }, (_, i): LessonProgress => {
    return { lesson_slug: `l${i}`, state: 'completed', seconds: 1, updated_at: '2026-01-01T00:00:00.000Z' }
  })
  const kept = afterReading({ ...none, lessons }, loops, { seconds: 9, finished: false })
  expect(kept.lessons.length).toBe(progressLimits.lessons)
  expect([progressOf(kept, 'l0'), stateOf(kept)]).toEqual([undefined, ['in_progress', 9]])
})

it('knows what the server does not know: all at the wish, then each change until it was sent', () => {
  const read = afterReading(none, loops, { seconds: 9, finished: false })
  const wished = afterWish(read, 'https://api.example')
  expect(wished.unsent).toEqual([loops.address])
  const sent = wished.lessons
  expect(afterAsking(wished, { sent, heard: sent, at: 7 })).toMatchObject({ unsent: [], asked_at: 7 })
  const readOn = afterReading(wished, loops, { seconds: 9, finished: false })
  expect(afterAsking(readOn, { sent, heard: sent, at: 7 }).unsent).toEqual([loops.address])
  expect(afterWish(readOn, null)).toMatchObject({ shared_with: null, unsent: [] })
})

it('merges what other devices told the server', () => {
  const kept = afterReading(none, loops, { seconds: 9, finished: false })
  const heard: LessonProgress[] = [
    { lesson_slug: loops.address, state: 'completed', seconds: 5, updated_at: '2099-01-01T00:00:00.000Z' },
    { lesson_slug: 'other', state: 'in_progress', seconds: 5, updated_at: '2026-01-01T00:00:00.000Z' },
  ]
  const merged = afterAsking(kept, { sent: [], heard, at: 1 })
  expect(stateOf(merged)).toEqual(['completed', 9])
  expect(progressOf(merged, 'other')).toEqual(heard[1])
})
