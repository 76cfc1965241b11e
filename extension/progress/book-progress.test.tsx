// @vitest-environment jsdom
import { locks } from 'node:worker_threads'
import type { Preferences } from '@lectern/shared'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { click, find, soon } from '../pages/testing/shown-page.ts'
import type { BookOutline } from './book-outline.ts'
import { BookProgress } from './book-progress.tsx'
import { afterReading, progressOf, progressStore } from './progress-store.ts'

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)

const page = (path: string, level: number) => ({
  title: `Page ${path}`,
  level,
  url: `https://book.example/${path}`,
})
const outline: BookOutline = {
  url: 'https://book.example/b',
  listed: true,
  entries: [
    { title: 'First chapter', level: 0 },
    page('a', 1),
    page('b', 1),
    { title: 'Second chapter', level: 0 },
    page('install', 1),
    page('c', 1),
  ],
}
const preferences: Preferences = {
  education_level: 'undergraduate',
  programming_experience: 'advanced',
  subject_background: 'none',
  ai_ml_experience: 'none',
  learning_goals: ['hobby'],
  preferred_language: 'en',
}

let root: Root
let read: unknown
let opened: unknown[]
let sent: string[]

beforeEach(async () => {
  fakeBrowser.reset()
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
  vi.stubGlobal('close', () => undefined)
  // jsdom lays nothing out.
  HTMLElement.prototype.scrollIntoView = () => undefined
  ;[read, opened, sent] = [outline, [], []]
  Object.assign(fakeBrowser, { scripting: { executeScript: async () => [{ result: read }] } })
  fakeBrowser.tabs.update = (async (...args: unknown[]) => opened.push(args)) as never
  Object.assign(fakeBrowser.runtime, {
    sendMessage: async ({ type }: { type: string }) => {
      sent.push(type)
      return { ok: true, answer: { ok: true } }
    },
  })
  const element = document.createElement('div')
  document.body.replaceChildren(element)
  root = createRoot(element)
})
afterEach(() => act(() => root.unmount()))

const show = (isLesson = true, answers: Preferences | null = preferences) =>
  act(async () => root.render(<BookProgress tabId={7} isLesson={isLesson} preferences={answers} />))
const text = () => document.body.textContent
const words = (selector: string) => soon(() => find(selector)?.textContent)
/** By which it has read the page and shows what it knows; of what shows nothing, whatever is asked of it was asked. */
const isShown = () => soon(() => find('.this-lesson, .book-outline, .next-lesson')).toBeTruthy()

it('says how far the learner is with the lesson, the book and each chapter', async () => {
  await progressStore.update((kept) =>
    afterReading(kept, { address: 'book.example/a' }, { seconds: 600, finished: true }),
  )
  await progressStore.update((kept) =>
    afterReading(kept, { address: 'book.example/b' }, { seconds: 150, finished: false }),
  )
  await show()
  await words('.this-lesson').toBe('In progress · 3 minMark as completed')
  await words('.completed-count').toBe('Completed: 1 of 4')
  expect(['value', 'max'].map((name) => find('progress')?.getAttribute(name))).toEqual(['1', '4'])
  const chapters = [...document.querySelectorAll<HTMLDetailsElement>('.chapter')]
  expect(chapters.map(({ open }) => open)).toEqual([true, false])
  expect(chapters.map((one) => one.querySelector('summary')?.textContent)).toEqual([
    'First chapter1/2 Completed: 1 of 2',
    'Second chapter0/2 Completed: 0 of 2',
  ])
  await words('[aria-current=page]').toBe('Page b')
  expect(chapters[0]?.querySelector('li')?.textContent).toBe('Page a Completed')
})

it('opens the next lesson, and any other, in the book’s own tab', async () => {
  await show()
  await words('.next-lesson').toBe('Next lesson Page c')
  await click('.next-lesson')
  await click('.chapter a')
  await soon(() => opened).toEqual([
    [7, { url: 'https://book.example/c' }],
    [7, { url: 'https://book.example/a' }],
  ])
})

it('takes the learner’s word that a lesson is completed, and back', async () => {
  await show()
  await words('.this-lesson').toBe('Not startedMark as completed')
  await click('.this-lesson button')
  await words('.this-lesson').toBe('CompletedMark as not completed')
  const kept = async () => progressOf(await progressStore.get(), 'book.example/b')?.state
  await soon(kept).toBe('completed')
  await click('.this-lesson button')
  await soon(kept).toBe('not_started')
  await soon(() => sent).toEqual(['sync-progress', 'sync-progress'])
})

it('keeps progress on the server only where the learner wishes it', async () => {
  await show()
  await soon(() => find('input')?.matches(':checked')).toBe(false)
  await click('input')
  const kept = async () => [(await progressStore.get()).shared_with, ...sent]
  await soon(kept).toEqual(['http://localhost:8787', 'sync-progress'])
  await click('input')
  await soon(kept).toEqual([null, 'sync-progress'])
})

it('does not offer the server to who is not known there', async () => {
  await show(true, null)
  await isShown()
  expect(find('input')).toBeNull()
})

it('shows of a book what it can where the page is no lesson, and nothing where there is no book', async () => {
  await show(false)
  await isShown()
  expect([find('.this-lesson'), find('.book-outline') === null]).toEqual([null, false])
  act(() => root.unmount())
  root = createRoot(document.body)
  read = { ...outline, listed: false, entries: [page('b', 0)] }
  await show(false)
  expect(text()).toBe('')
})

it('does not count a book of which only the pages beside this one are known', async () => {
  read = { ...outline, listed: false, entries: [page('a', 0), page('b', 0), page('c', 0)] }
  await show()
  await words('.next-lesson').toBe('Next lesson Page c')
  expect([find('progress'), find('.book-outline')]).toEqual([null, null])
})

it.each([
  ['nothing', undefined],
  ['no outline', { entries: 'many' }],
  ['a page that is none of the web', { ...outline, url: 'javascript:alert(1)' }],
])('takes what a hostile page may say for what it is: %s', async (_, said) => {
  read = said
  await show()
  expect(text()).toBe('')
})

it('leaves out what leads to another site', async () => {
  const entries = [...outline.entries, { title: 'Elsewhere', level: 0, url: 'https://evil.example/' }]
  read = { ...outline, entries }
  await show()
  await soon(text).toContain('Second chapter')
  expect(text()).not.toContain('Elsewhere')
})
