// @vitest-environment jsdom
import { locks } from 'node:worker_threads'
import { emptyReceipt } from '@lectern/shared'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { withSafeAnswers } from '../questions/draft.ts'
import { courseStore } from '../storage/course-store.ts'
import { erasureStore } from '../storage/erasure-store.ts'
import { makeExport } from '../storage/export-file.ts'
import { keepLesson, readKeptLessons } from '../storage/kept-lessons.ts'
import { learnerStore } from '../storage/learner-store.ts'
import { noteSending } from '../storage/ledger.ts'
import { changeSiteSettings, lessonSettingsStore, siteSettingsOf } from '../storage/lesson-settings-store.ts'
import { settingsStore } from '../storage/settings-store.ts'
import '../storage/testing/database.ts'
import { OptionsPage } from './options-page.tsx'

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
const stores = [learnerStore, settingsStore, courseStore, lessonSettingsStore, erasureStore]
const book = 'https://book.example/*'

let root: Root
let stops: (() => void)[]
let replies: Record<string, unknown>
let sent: string[]
let removed: string[]
let shortcuts: Record<string, string>

beforeEach(async () => {
  fakeBrowser.reset()
  // jsdom has no locks.
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
  stops = await Promise.all(stores.map((store) => store.follow()))
  await learnerStore.update((learner) => ({ ...learner, preferences: withSafeAnswers({}) }))
  ;[sent, removed, shortcuts] = [[], [], { 'flip-tab': 'Alt+Shift+L', 'flip-block': '' }]
  replies = {
    'list-sites': [],
    'preferences-changed': { ok: true },
    'sites-changed': null,
    'erase-learner': { waiting: [] },
    'export-learner': { ok: true, learner: null },
  }
  const runtime = {
    sendMessage: async ({ type }: { type: string }) => {
      sent.push(type)
      return { ok: true, answer: replies[type] }
    },
    getManifest: () => ({ host_permissions: ['http://localhost/*'] }),
  }
  Object.assign(fakeBrowser.runtime, runtime)
  const event = { addListener: () => undefined, removeListener: () => undefined }
  const remove = async ({ origins }: { origins: string[] }) => removed.push(...origins)
  const permissions = { getAll: async () => ({ origins: [book] }), remove, onAdded: event, onRemoved: event }
  Object.assign(fakeBrowser, { permissions, commands: { getAll: async () => listed() } })
})
afterEach(() => {
  act(() => root.unmount())
  for (const stop of stops) stop()
})

const listed = () =>
  Object.entries(shortcuts).map(([name, shortcut]) => ({ name, shortcut, description: `To ${name}` }))
const settle = () => new Promise((resolve) => setTimeout(resolve, 30))
const text = () => document.body.textContent

async function show(): Promise<void> {
  const page = document.createElement('div')
  document.body.replaceChildren(page)
  root = createRoot(page)
  await act(async () => {
    root.render(<OptionsPage />)
    await settle()
  })
}

const click = (selector: string) =>
  act(async () => {
    document.querySelector<HTMLElement>(selector)?.click()
    await settle()
  })
const button = (label: string) =>
  act(async () => {
    const buttons = [...document.querySelectorAll('button')]
    buttons.find(({ textContent, ariaLabel }) => [textContent, ariaLabel].includes(label))?.click()
    await settle()
  })

describe('the options', () => {
  it('save a change at once and tell of it', async () => {
    await show()
    await click('#education_level [value=graduate]')
    expect((await learnerStore.get()).preferences?.education_level).toBe('graduate')
    expect([sent.includes('preferences-changed'), text()?.includes('Saved')]).toEqual([true, true])
    await click('#learning_goals [value=hobby]')
    expect(text()).toContain('Not saved: choose at least one goal.')
  })

  it('keep what is known of one textbook’s subject', async () => {
    await show()
    const select = document.querySelector<HTMLSelectElement>('select')
    await act(async () => {
      if (select) select.value = 'advanced'
      select?.dispatchEvent(new Event('change', { bubbles: true }))
      await settle()
    })
    const kept = siteSettingsOf(await lessonSettingsStore.get(), 'https://book.example/loops.html')
    expect(kept.subject_background).toBe('advanced')
  })

  it('take a site back, and switch one on again', async () => {
    await changeSiteSettings('https://book.example/', { off: true })
    await show()
    await button('Switch Lectern on for book.example')
    expect((await lessonSettingsStore.get()).sites).toEqual([])
    await button('Remove book.example')
    expect(removed).toEqual([book])
    expect(text()).toContain('book.example was removed')
  })

  it('show what was sent, and whether an answer came', async () => {
    const lesson = { title: 'Loops', slug: 'loops', origin: 'https://book.example' }
    await noteSending({ kind: 'lesson_text', host: 'api.example', bytes: 12_345, lesson })
    await show()
    expect(text()).toMatch(/A lesson’s text: Loops12\.3 kB to api\.example, .* no answer came/)
  })
})

describe('kept lessons', () => {
  it('are told of by their number and size, and erased', async () => {
    const lesson = { lesson_hash: 'a'.repeat(64), receipt: emptyReceipt, sections: [] }
    await keepLesson('one', { lesson, etag: null, title: 'Loops' })
    await show()
    expect(text()).toMatch(/1 lesson, [\d.]+ (bytes|kB)/)
    await button('Erase these lessons')
    expect(text()).not.toContain('1 lesson,')
    expect(await readKeptLessons()).toEqual({})
  })
})

describe('shortcuts', () => {
  it('are changed in the browser where it lets no extension do so', async () => {
    await show()
    expect(text()).toContain('To flip-tabAlt+Shift+LTo flip-blocknot set')
    expect(text()).toContain('Change them in the browser')
  })

  it('are changed by pressing them in Firefox', async () => {
    const update = async ({ name, shortcut }: { name: string; shortcut: string }) => {
      if (shortcut === 'Alt+Q') throw new Error('taken')
      shortcuts[name] = shortcut
    }
    Object.assign(fakeBrowser, { commands: { getAll: async () => listed(), update } })
    await show()
    const field = document.querySelector<HTMLInputElement>('.keys')
    const press = (key: string, code: string) =>
      act(async () => {
        field?.dispatchEvent(new KeyboardEvent('keydown', { key, code, altKey: true, bubbles: true }))
        await settle()
      })
    await press('k', 'KeyK')
    expect([shortcuts['flip-tab'], field?.value]).toEqual(['Alt+K', 'Alt+K'])
    await press('q', 'KeyQ')
    expect(text()).toContain('The browser does not take Alt+Q')
    await press('Backspace', 'Backspace')
    expect([shortcuts['flip-tab'], field?.value]).toEqual(['', 'not set'])
  })
})

describe('an import', () => {
  async function choose(content: string): Promise<void> {
    const input = document.querySelector<HTMLInputElement>('input[type=file]')
    Object.defineProperty(input, 'files', { value: [{ text: async () => content }], configurable: true })
    await act(async () => {
      input?.dispatchEvent(new Event('change', { bubbles: true }))
      await settle()
    })
  }

  it('of another file changes nothing and says so', async () => {
    await show()
    await choose('{}')
    expect(text()).toContain('this is no file that Lectern exported')
  })

  it('asks before it replaces what is here', async () => {
    const exported = await makeExport({ ok: true, learner: null })
    await learnerStore.update((learner) => ({ ...learner, preferences: null }))
    await show()
    await choose(exported)
    expect((await learnerStore.get()).preferences).toBeNull()
    await button('Import')
    expect((await learnerStore.get()).preferences).toEqual(withSafeAnswers({}))
    await vi.waitFor(async () => {
      await act(settle)
      expect(text()).toContain('Imported.')
    })
  })
})

describe('an erasure', () => {
  it('is asked about first, with the safe way in focus', async () => {
    await show()
    await button('Erase everything')
    expect(document.activeElement?.textContent).toBe('Keep them')
    await button('Keep them')
    expect(sent).not.toContain('erase-learner')
  })

  it('says where it is not done yet, and that it is tried again', async () => {
    const failure = { error: 'api_unreachable', message: 'The API does not answer.' }
    replies['erase-learner'] = { waiting: [{ host: 'api.example', failure }] }
    await show()
    await button('Erase everything')
    await button('Yes, erase')
    expect(text()).toContain(
      'Not yet erased at api.example: The API does not answer. Lectern tries again until it is done.',
    )
    expect(text()).not.toContain('has forgotten you')
  })

  it('that is still waited for is told of', async () => {
    const { user_id } = await learnerStore.get()
    await erasureStore.update((kept) => ({ ...kept, waiting: [{ api_url: 'https://old.example', user_id }] }))
    await show()
    expect(text()).toContain('An earlier erasure is not yet done at old.example.')
  })
})
