// @vitest-environment jsdom
import { locks } from 'node:worker_threads'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { click, clickButton, soon } from '../pages/testing/shown-page.ts'
import { courseStore } from '../storage/course-store.ts'
import { learnerStore } from '../storage/learner-store.ts'
import { settingsStore } from '../storage/settings-store.ts'
import { OnboardingPage } from './onboarding-page.tsx'

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
const answers = {
  education_level: 'undergraduate',
  programming_experience: 'none',
  subject_background: 'intermediate',
  ai_ml_experience: 'none',
  learning_goals: ['research', 'teaching'],
  preferred_language: 'ur',
} as const
const site = { id: 'book', name: 'The Book', patterns: ['https://book.example/en/*'], policy: 'allow' }

let root: Root
let stops: (() => void)[]
let granted: string[]
let requested: string[]
let sent: { type: string; body: unknown }[]

beforeEach(async () => {
  fakeBrowser.reset()
  ;[granted, requested, sent] = [[], [], []]
  // jsdom has no locks and lays nothing out.
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
  HTMLElement.prototype.scrollIntoView = () => undefined
  vi.stubGlobal('scrollTo', () => undefined)
  stops = await Promise.all([learnerStore, settingsStore, courseStore].map((store) => store.follow()))
  await learnerStore.update((learner) => ({ ...learner, preferences: null }))
  // The fake browser takes no replies by callback, and knows no permissions.
  const replies: Record<string, unknown> = {
    'list-sites': [site],
    'preferences-changed': { ok: true },
    'sites-changed': null,
    'find-course': { ok: true, course: { code: 'algebra', name: 'Algebra I', sites: ['book'] } },
  }
  Object.assign(fakeBrowser.runtime, {
    sendMessage: async (message: { type: string; body: unknown }) => {
      sent.push(message)
      return { ok: true, answer: replies[message.type] }
    },
  })
  const listeners = new Set<() => void>()
  const event = {
    addListener: (listener: () => void) => listeners.add(listener),
    removeListener: (listener: () => void) => listeners.delete(listener),
  }
  Object.assign(fakeBrowser, {
    permissions: {
      getAll: async () => ({ origins: granted }),
      request: async ({ origins }: { origins: string[] }) => {
        requested = origins
        granted = [...granted, ...origins]
        for (const listener of listeners) listener()
        return true
      },
      onAdded: event,
      onRemoved: event,
    },
  })
})
afterEach(() => {
  act(() => root.unmount())
  for (const stop of stops) stop()
})

function show({ courseLink, lessonTab }: { courseLink?: string; lessonTab?: number } = {}): Promise<void> {
  const page = document.createElement('div')
  document.body.replaceChildren(page)
  root = createRoot(page)
  return act(async () => root.render(<OnboardingPage lessonTab={lessonTab} courseLink={courseLink} />))
}

const text = () => document.body.textContent
const press = (key: string, more = {}) =>
  act(() =>
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more })),
  )
const next = () => click('[type=submit]')
const checked = () =>
  [...document.querySelectorAll<HTMLInputElement>('input:checked')].map((one) => one.value)
const example = () => document.querySelector('[role=tabpanel]')?.textContent

async function skipToConsent(): Promise<void> {
  await clickButton('Skip the rest')
  await soon(text).toContain('What leaves this computer')
}

describe('the six questions', () => {
  beforeEach(() => show())

  it('are answered by keys, one at a time, agreed to and kept', async () => {
    document.querySelector<HTMLElement>('#education_level input')?.focus()
    for (const keys of ['2', '1', '3', '1', '24']) {
      for (const key of keys) await press(key)
      await next()
    }
    await click('#preferred_language [value=ur]')
    await next()
    expect((await learnerStore.get()).preferences).toBeNull()
    await next()
    await soon(text).toContain('You are ready')
    await soon(text).toContain('saved here and at localhost:8787')
    expect((await learnerStore.get()).preferences).toEqual(answers)
  })

  it('begin with the browser’s language as the only answer', async () => {
    for (let i = 0; i < 5; i++) {
      expect(checked()).toEqual([])
      expect(document.querySelector('[type=submit]')?.textContent).toBe('Skip this question')
      await next()
    }
    expect(checked()).toEqual(['en'])
    expect(document.querySelector('[type=submit]')?.textContent).toBe('Next')
  })

  it('say which one it is, begin at their first choice and go back with the answer kept', async () => {
    expect(text()).toContain('Question 1 of 6')
    await click('[value=graduate]')
    await next()
    await soon(() => document.activeElement?.closest('fieldset')?.id).toBe('programming_experience')
    await clickButton('Back')
    await soon(() => document.activeElement).toMatchObject({ value: 'graduate', checked: true })
  })

  it('show which goal was chosen first, and let it go', async () => {
    for (let i = 0; i < 4; i++) await next()
    await click('[value=teaching]')
    await click('[value=hobby]')
    expect(document.querySelector('.badge')?.parentElement?.textContent).toContain('Teaching')
    await click('[value=teaching]')
    expect(document.querySelector('.badge')).toBeNull()
    expect(checked()).toEqual(['hobby'])
  })

  it('leave the browser’s own keys alone', async () => {
    document.querySelector<HTMLElement>('#education_level input')?.focus()
    await press('2', { ctrlKey: true })
    await press('9')
    expect(checked()).toEqual([])
  })

  it('keep and send nothing without a yes', async () => {
    await skipToConsent()
    await soon(() => document.activeElement?.id).toBe('consent-title')
    await clickButton('Not now')
    await soon(text).toContain('Nothing was kept and nothing was sent')
    expect((await learnerStore.get()).preferences).toBeNull()
    expect(sent).toEqual([])
  })

  it('are answered safely where they are skipped', async () => {
    await click('[value=professional]')
    await skipToConsent()
    await next()
    await soon(async () => (await learnerStore.get()).preferences).toEqual({
      education_level: 'professional',
      programming_experience: 'none',
      subject_background: 'none',
      ai_ml_experience: 'none',
      learning_goals: ['hobby'],
      preferred_language: 'en',
    })
  })
})

describe('a learner who came from a lesson', () => {
  const back = () => [...document.querySelectorAll('button')].find((one) => one.className === 'to-lesson')

  beforeEach(async () => {
    await show({ lessonTab: 7 })
    await skipToConsent()
    await next()
    await soon(back).toBeTruthy()
  })

  it('goes back to its tab', async () => {
    const shown: unknown[] = []
    Object.assign(fakeBrowser.tabs, { update: async (...tab: unknown[]) => shown.push(tab) })
    await clickButton('Back to your lesson')
    expect(shown).toEqual([[7, { active: true }]])
  })

  it('is led to no tab that was closed meanwhile', async () => {
    Object.assign(fakeBrowser.tabs, { update: () => Promise.reject(new Error('No tab with id: 7.')) })
    await clickButton('Back to your lesson')
    await soon(back).toBeUndefined()
    expect(text()).toContain('To your first lesson')
  })
})

describe('the example', () => {
  beforeEach(() => show())

  it('changes with each answer', async () => {
    const seen = new Set([example()])
    for (const value of ['high_school', 'none', 'none', 'none', 'research']) {
      await click(`fieldset [value=${value}]`)
      seen.add(example())
      await next()
    }
    await click('[value=ur]')
    seen.add(example())
    expect(seen.size).toBe(7)
    expect(document.querySelector('[role=tabpanel] [lang]')).toMatchObject({ lang: 'ur', dir: 'rtl' })
  })

  it('shows the author’s words too, by pointer and by arrow', async () => {
    await click('#example-original')
    expect(example()).toContain('is trained on labelled examples')
    await act(async () => document.getElementById('example-original')?.focus())
    await press('ArrowRight')
    expect(document.activeElement?.id).toBe('example-personalized')
    expect(example()).not.toContain('is trained on labelled examples')
  })

  it('says so where a language has its main paragraph alone', async () => {
    await clickButton('Skip the rest')
    await clickButton('Back')
    await click('[value=fr]')
    expect(example()).toContain('In Français the sample has its main paragraph alone')
  })
})

describe('the course', () => {
  it('is found by its code and allowed with one click', async () => {
    await show()
    await skipToConsent()
    await next()
    const input = document.querySelector<HTMLInputElement>('#course-link')
    // React listens to the value's own setter.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, 'Algebra')
    await act(async () => input?.dispatchEvent(new Event('input', { bubbles: true })))
    await clickButton('Find the course')
    await soon(() => sent).toContainEqual({
      type: 'find-course',
      body: { api_url: 'http://localhost:8787', code: 'algebra' },
    })
    await soon(text).toContain('Your course is Algebra I')
    await clickButton('Allow')
    await soon(() => requested).toEqual(['https://book.example/*'])
    const link = () => document.querySelector('a.button')?.getAttribute('href')
    await soon(link).toBe('https://book.example/en/')
    await soon(async () => (await courseStore.get()).seen).toEqual(['book'])
  })

  it('is asked for at once where a learner with answers opens its link', async () => {
    await learnerStore.update((learner) => ({
      ...learner,
      preferences: { ...answers, learning_goals: ['hobby'] },
    }))
    await show({ courseLink: 'https://api.example/course/algebra' })
    expect(document.querySelector<HTMLInputElement>('#course-link')?.value).toBe(
      'https://api.example/course/algebra',
    )
  })

  it('says what is wrong with a link', async () => {
    await learnerStore.update((learner) => ({
      ...learner,
      preferences: { ...answers, learning_goals: ['hobby'] },
    }))
    await show({ courseLink: 'https://api.example/elsewhere' })
    await clickButton('Find the course')
    await soon(text).toContain('This is no course link')
    expect(requested).toEqual([])
  })
})
