import type { Preferences } from '@lectern/shared'
import { describe, expect, it } from 'vitest'
import { bookChapters, type Chapter } from './book-chapters.ts'
import { nextLesson } from './next-lesson.ts'

const learner: Preferences = {
  education_level: 'undergraduate',
  programming_experience: 'beginner',
  subject_background: 'none',
  ai_ml_experience: 'none',
  learning_goals: ['hobby'],
  preferred_language: 'en',
}

const book = (...chapters: [title: string, ...lessons: string[]][]): Chapter[] =>
  chapters.map(([title, ...lessons]) => ({
    title,
    lessons: lessons.map((lesson) => ({
      title: lesson,
      url: `https://x.example/${encodeURIComponent(lesson)}`,
      address: lesson,
    })),
  }))

const rust = book(
  ['Welcome', 'Foreword', 'Introduction'],
  ['Getting Started', 'Installation', 'Hello, World!'],
  ['Basics', 'Variables', 'Formal semantics', 'Functions', 'Exercises'],
  ['Appendix', 'Keywords', 'Operators'],
)
const next = (current: string | undefined, change: Partial<Preferences> = {}, done: string[] = []) =>
  nextLesson(rust, current, (address) => done.includes(address), { ...learner, ...change })?.title

describe('the next lesson', () => {
  it('is the first that is not completed after the current one, and then from the beginning', () => {
    expect(next(undefined)).toBe('Foreword')
    expect(next('Introduction')).toBe('Installation')
    expect(next('Introduction', {}, ['Installation', 'Hello, World!'])).toBe('Variables')
    expect(next('Operators', {}, ['Foreword'])).toBe('Introduction')
    expect(nextLesson(rust, 'Foreword', () => false, null)?.title).toBe('Introduction')
    expect(nextLesson(rust, 'Foreword', () => true, learner)).toBeUndefined()
  })

  it('passes over introductions and installation for who knows the subject', () => {
    expect(next(undefined, { subject_background: 'advanced' })).toBe('Variables')
    expect(next('Introduction', { programming_experience: 'advanced' })).toBe('Variables')
    expect(next(undefined, { programming_experience: 'advanced' })).toBe('Foreword')
  })

  it('takes what is close and suits the goal first', () => {
    expect(next('Variables')).toBe('Formal semantics')
    expect(next('Variables', { learning_goals: ['building_projects'] })).toBe('Exercises')
    expect(next('Hello, World!', { learning_goals: ['research'] })).toBe('Formal semantics')
    expect(next('Functions', { learning_goals: ['research'] })).toBe('Keywords')
    // A second goal counts half.
    expect(next('Hello, World!', { learning_goals: ['hobby', 'research'] })).toBe('Variables')
  })

  it('is one of the last resort where nothing else is left', () => {
    const all = rust.flatMap(({ lessons }) => lessons.map(({ address }) => address))
    const done = all.filter((address) => address !== 'Installation')
    expect(next('Functions', { programming_experience: 'advanced' }, done)).toBe('Installation')
  })
})

describe('the chapters of a book', () => {
  const page = (title: string, level: number) => ({ title, level, url: `https://x.example/${title}` })
  const shown = (chapters: Chapter[]) =>
    chapters.map(({ title, lessons }) => [title, ...lessons.map((one) => one.title)])

  it('are its titles with what is below, and what stands beside them', () => {
    const entries = [
      page('a', 0),
      page('b', 0),
      { title: 'C', level: 0 },
      page('c', 1),
      page('d', 2),
      page('E', 0),
      page('e', 1),
      page('f', 0),
    ]
    expect(shown(bookChapters(entries))).toEqual([
      [undefined, 'a', 'b'],
      ['C', 'c', 'd'],
      ['E', 'E', 'e'],
      [undefined, 'f'],
    ])
  })

  it('are those below a title over all of it', () => {
    const entries = [{ title: 'Book', level: 0 }, page('a', 1), page('b', 2), page('c', 1), page('d', 2)]
    expect(shown(bookChapters(entries))).toEqual([
      ['a', 'a', 'b'],
      ['c', 'c', 'd'],
    ])
    expect(shown(bookChapters([page('Book', 0), ...entries.slice(1)]))[0]).toEqual([undefined, 'Book'])
    expect(shown(bookChapters(entries.slice(0, 2)))).toEqual([['Book', 'a']])
  })

  it('are none of nothing', () => expect(bookChapters([])).toEqual([]))
})
