// @vitest-environment jsdom
import { locks } from 'node:worker_threads'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { learnerStore } from '../storage/learner-store.ts'
import { settingsStore } from '../storage/settings-store.ts'
import { OnboardingPage } from './onboarding-page.tsx'

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
let root: Root
let stops: (() => void)[]

beforeEach(async () => {
  fakeBrowser.reset()
  // jsdom has no locks and lays nothing out.
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
  HTMLElement.prototype.scrollIntoView = () => undefined
  vi.stubGlobal('scrollTo', () => undefined)
  stops = await Promise.all([learnerStore.follow(), settingsStore.follow()])
  await learnerStore.update((learner) => ({ ...learner, preferences: null }))
  // The fake browser takes no replies by callback, and knows no permissions.
  const answers = { 'list-sites': [], 'preferences-changed': { ok: true } }
  const sendMessage = async ({ type }: { type: keyof typeof answers }) => ({
    ok: true,
    answer: answers[type],
  })
  Object.assign(fakeBrowser.runtime, { sendMessage })
  Object.assign(fakeBrowser, { permissions: { getAll: async () => ({ origins: [] }) } })
  const page = document.createElement('div')
  document.body.replaceChildren(page)
  root = createRoot(page)
  act(() => root.render(<OnboardingPage lessonTab={undefined} />))
})
afterEach(() => {
  act(() => root.unmount())
  for (const stop of stops) stop()
})

const text = () => document.body.textContent
const press = (key: string, more = {}) =>
  act(() =>
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more })),
  )
const click = (selector: string) =>
  act(async () => {
    document.querySelector<HTMLElement>(selector)?.click()
    await new Promise((resolve) => setTimeout(resolve, 20))
  })
const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus()
const checked = () =>
  [...document.querySelectorAll<HTMLInputElement>('input:checked')].map((one) => one.value)

it('is answered by keys, agreed to and kept', async () => {
  focus('#education_level input')
  for (const key of ['2', '1', '3', '1', '2', '4']) await press(key)
  expect(text()).toContain('6 of 6 answered')
  await click('#preferred_language [value=ur]')
  await click('#consent')
  await click('[type=submit]')
  expect(text()).toContain('You are ready')
  expect(text()).toContain('saved here and at localhost:8787')
  expect((await learnerStore.get()).preferences).toEqual({
    education_level: 'undergraduate',
    programming_experience: 'none',
    subject_background: 'intermediate',
    ai_ml_experience: 'none',
    learning_goals: ['research', 'teaching'],
    preferred_language: 'ur',
  })
})

it('starts with the browser’s language alone', () => {
  expect(checked()).toEqual(['en'])
  expect(text()).toContain('1 of 6 answered')
})

it('shows which goal was chosen first, and lets it go', async () => {
  await click('[value=teaching]')
  await click('[value=hobby]')
  expect(document.querySelector('.badge')?.parentElement?.textContent).toContain('Teaching')
  await click('[value=teaching]')
  expect(document.querySelector('.badge')).toBeNull()
  expect(checked()).toEqual(['hobby', 'en'])
})

it('leaves the browser’s own keys alone', async () => {
  focus('#education_level input')
  await press('2', { ctrlKey: true })
  await press('9')
  expect(checked()).toEqual(['en'])
})

it('names the first question without an answer and goes there', async () => {
  await click('[type=submit]')
  expect(text()).toContain('One answer is missing: Where are you in your education?')
  expect(document.activeElement?.closest('fieldset')?.id).toBe('education_level')
})

it('keeps nothing without consent, also when the rest is skipped', async () => {
  await click('.quiet')
  expect(checked()).toEqual(['undergraduate', 'none', 'none', 'none', 'hobby', 'en'])
  await click('[type=submit]')
  expect(text()).toContain('Tick the box')
  expect(document.activeElement?.id).toBe('consent')
  expect((await learnerStore.get()).preferences).toBeNull()
})
