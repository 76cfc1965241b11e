// @vitest-environment jsdom
import { locks } from 'node:worker_threads'
import { emptyReceipt } from '@lectern/shared'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { click, clickButton, find, soon } from '../pages/testing/shown-page.ts'
import { withSafeAnswers } from '../questions/draft.ts'
import { courseStore } from '../storage/course-store.ts'
import { eraseHere } from '../storage/erase-here.ts'
import { erasureStore } from '../storage/erasure-store.ts'
import { makeExport } from '../storage/export-file.ts'
import { forgetKeptLessons, keepLesson, readKeptLessons } from '../storage/kept-lessons.ts'
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
const text = () => document.body.textContent
async function show(): Promise<void> {
  const page = document.createElement('div')
  document.body.replaceChildren(page)
  root = createRoot(page)
  await act(async () => root.render(<OptionsPage />))
  await soon(text).toContain('Erase everything')
}

describe('the options', () => {
  it('save a change at once and tell of it', async () => {
    await show()
    await click('#education_level [value=graduate]')
    await soon(text).toContain('Saved')
    await soon(() => sent).toContain('preferences-changed')
    expect((await learnerStore.get()).preferences?.education_level).toBe('graduate')
    await click('#learning_goals [value=hobby]')
    await soon(text).toContain('Not saved: choose at least one goal.')
  })

  it('keep what is known of one textbook’s subject', async () => {
    await show()
    await soon(() => find('select')).toBeTruthy()
    const select = document.querySelector<HTMLSelectElement>('select')
    await act(async () => {
      if (select) select.value = 'advanced'
      select?.dispatchEvent(new Event('change', { bubbles: true }))
    })
    const kept = async () =>
      siteSettingsOf(await lessonSettingsStore.get(), 'https://book.example/loops.html')
    await soon(async () => (await kept()).subject_background).toBe('advanced')
  })

  it('take a site back, and switch one on again', async () => {
    await changeSiteSettings('https://book.example/', { off: true })
    await show()
    await clickButton('Switch Lectern on for book.example')
    await soon(async () => (await lessonSettingsStore.get()).sites).toEqual([])
    await clickButton('Remove book.example')
    await soon(() => removed).toEqual([book])
    await soon(text).toContain('book.example was removed')
  })

  it('show what was sent, and whether an answer came', async () => {
    const lesson = { title: 'Loops', slug: 'loops', origin: 'https://book.example' }
    await noteSending({ kind: 'lesson_text', host: 'api.example', bytes: 12_345, lesson })
    await show()
    await soon(text).toMatch(/A lesson’s text: Loops12\.3 kB to api\.example, .* no answer came/)
  })
})

const loops = {
  lesson: { lesson_hash: 'a'.repeat(64), receipt: emptyReceipt, sections: [] },
  etag: null,
  title: 'Loops',
}

it('what is kept and was sent is shown as it is while one looks, and gone once it is erased', async () => {
  await show()
  await soon(text).toContain('Nothing was sent yet.')
  await act(() => keepLesson('one', loops))
  await act(() => noteSending({ kind: 'answers', host: 'api.example', bytes: 10 }))
  await soon(text).toContain('Your six answers')
  await soon(text).toContain('1 lesson,')
  await act(() => eraseHere())
  await soon(text).toContain('Nothing was sent yet.')
  expect(text()).not.toContain('1 lesson,')
})

describe('kept lessons', () => {
  it('are told of by their number and size, and erased', async () => {
    await keepLesson('one', loops)
    await show()
    await soon(text).toMatch(/1 lesson, [\d.]+ (bytes|kB)/)
    await clickButton('Erase these lessons')
    await soon(text).not.toContain('1 lesson,')
    await soon(readKeptLessons).toEqual({})
  })
})

describe('shortcuts', () => {
  it('are changed in the browser where it lets no extension do so', async () => {
    await show()
    await soon(text).toContain('To flip-tabAlt+Shift+LTo flip-blocknot set')
    await soon(text).toContain('Change them in the browser')
  })

  it('are changed by pressing them in Firefox', async () => {
    const update = async ({ name, shortcut }: { name: string; shortcut: string }) => {
      if (shortcut === 'Alt+Q') throw new Error('taken')
      shortcuts[name] = shortcut
    }
    Object.assign(fakeBrowser, { commands: { getAll: async () => listed(), update } })
    await show()
    const field = () => document.querySelector<HTMLInputElement>('.keys')
    const press = (key: string, code: string) =>
      act(
        async () =>
          void field()?.dispatchEvent(
            new KeyboardEvent('keydown', { key, code, altKey: true, bubbles: true }),
          ),
      )
    await soon(() => field()?.value).toBe('Alt+Shift+L')
    await press('k', 'KeyK')
    await soon(() => [shortcuts['flip-tab'], field()?.value]).toEqual(['Alt+K', 'Alt+K'])
    await press('q', 'KeyQ')
    await soon(text).toContain('The browser does not take Alt+Q')
    await press('Backspace', 'Backspace')
    await soon(() => [shortcuts['flip-tab'], field()?.value]).toEqual(['', 'not set'])
  })
})

describe('an import', () => {
  async function choose(content: string): Promise<void> {
    const input = document.querySelector<HTMLInputElement>('input[type=file]')
    Object.defineProperty(input, 'files', { value: [{ text: async () => content }], configurable: true })
    await act(async () => void input?.dispatchEvent(new Event('change', { bubbles: true })))
  }

  it('of another file changes nothing and says so', async () => {
    await show()
    await choose('{}')
    await soon(text).toContain('this is no file that Lectern exported')
  })

  it('asks before it replaces what is here', async () => {
    await keepLesson('one', loops)
    const exported = await makeExport({ ok: true, learner: null })
    await forgetKeptLessons()
    await learnerStore.update((learner) => ({ ...learner, preferences: null }))
    await show()
    await choose(exported)
    await soon(text).toContain('Importing replaces')
    expect([(await learnerStore.get()).preferences, await readKeptLessons()]).toEqual([null, {}])
    await clickButton('Import')
    await soon(text).toContain('Imported.')
    await soon(text).toContain('1 lesson,')
    expect((await learnerStore.get()).preferences).toEqual(withSafeAnswers({}))
    expect(sent).not.toContain('learner-replaced')
  })

  describe('of another learner', () => {
    let own: string
    let theirs: string

    beforeEach(async () => {
      const exported = await makeExport({ ok: true, learner: null })
      theirs = (await learnerStore.get()).user_id
      own = crypto.randomUUID()
      await learnerStore.update((learner) => ({
        ...learner,
        user_id: own,
        preferences: null,
        synced: 'behind',
      }))
      await show()
      await choose(exported)
      await soon(text).toContain('you keep this computer’s number')
    })

    it('leaves this machine its number', async () => {
      await clickButton('Import')
      await soon(text).toContain('Imported.')
      expect(await learnerStore.get()).toMatchObject({ user_id: own, preferences: withSafeAnswers({}) })
      expect(sent).not.toContain('learner-replaced')
    })

    it('brings its number where the learner says that it is theirs, and says what became of the former one', async () => {
      const failure = { error: 'api_unreachable', message: 'The API does not answer.' }
      replies['learner-replaced'] = { waiting: [{ host: 'localhost:8787', failure }] }
      await click('.take-over input')
      await clickButton('Import')
      await soon(text).toContain('Imported. Not yet erased at localhost:8787: The API does not answer.')
      expect((await learnerStore.get()).user_id).toBe(theirs)
      expect((await erasureStore.get()).waiting).toEqual([{ api_url: 'http://localhost:8787', user_id: own }])
    })
  })
})

describe('an erasure', () => {
  it('is asked about first, with the safe way in focus', async () => {
    await show()
    await clickButton('Erase everything')
    await soon(() => document.activeElement?.textContent).toBe('Keep them')
    await clickButton('Keep them')
    expect(sent).not.toContain('erase-learner')
  })

  it('says where it is not done yet, and that it is tried again', async () => {
    const failure = { error: 'api_unreachable', message: 'The API does not answer.' }
    replies['erase-learner'] = { waiting: [{ host: 'api.example', failure }] }
    await show()
    await clickButton('Erase everything')
    await clickButton('Yes, erase')
    await soon(text).toContain(
      'Not yet erased at api.example: The API does not answer. Lectern tries again until it is done.',
    )
    expect(text()).not.toContain('has forgotten you')
  })

  it('that is still waited for is told of', async () => {
    const { user_id } = await learnerStore.get()
    await erasureStore.update((kept) => ({ ...kept, waiting: [{ api_url: 'https://old.example', user_id }] }))
    await show()
    await soon(text).toContain('An earlier erasure is not yet done at old.example.')
  })
})
