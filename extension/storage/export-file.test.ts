import { emptyReceipt } from '@lectern/shared'
import { beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { progressStore } from '../progress/progress-store.ts'
import { withSafeAnswers } from '../questions/draft.ts'
import { eraseHere } from './erase-here.ts'
import { erasureStore } from './erasure-store.ts'
import { makeExport } from './export-file.ts'
import { type Import, readImport } from './import-file.ts'
import { findKeptLesson, keepLesson } from './kept-lessons.ts'
import { learnerStore, noteKnownAt, savePreferences } from './learner-store.ts'
import { noteSending, readLedger } from './ledger.ts'
import { changeLessonVersion, changeSiteSettings, lessonSettingsStore } from './lesson-settings-store.ts'
import { settingsStore } from './settings-store.ts'
import './testing/database.ts'

const api = 'https://api.example/lectern'

beforeEach(async () => {
  fakeBrowser.reset()
  await savePreferences(withSafeAnswers({ preferred_language: 'ur' }))
  await noteKnownAt(api)
  await learnerStore.update((learner) => ({ ...learner, synced: 'current' }))
  await settingsStore.update((settings) => ({ ...settings, api_url: api }))
  await changeSiteSettings('https://book.example/', { start_personalized: true })
  await changeLessonVersion('https://book.example/loops', { adjustment: 1 })
  await noteSending({ kind: 'answers', host: 'api.example', bytes: 10 })
})

const ofLearner = { ok: true, learner: null } as const
const made = async (change: (file: { stored: object }) => void = () => {}) => {
  const file = JSON.parse(await makeExport(ofLearner)) as { stored: object }
  change(file)
  return JSON.stringify(file)
}

describe('an export', () => {
  it('holds all that is kept here but whom others are yet to erase, and what the API says', async () => {
    await erasureStore.update((kept) => ({ ...kept, tries: 7 }))
    const failure = { error: 'api_unreachable', message: 'Try again.' } as const
    const file: unknown = JSON.parse(await makeExport({ ok: false, failure }))
    expect(file).toMatchObject({
      format: 'lectern-export',
      version: 1,
      stored: {
        learner: { version: 2, value: await learnerStore.get() },
        settings: { version: 1, value: { api_url: api } },
        lesson_settings: { version: 1, value: await lessonSettingsStore.get() },
      },
      ledger: [{ kind: 'answers' }],
      lessons: {},
      api: failure,
    })
    expect(JSON.stringify(file)).not.toContain('erasures')
  })

  it('is taken in on another machine, where the API is told anew', async () => {
    const lesson = { lesson_hash: 'a'.repeat(64), receipt: emptyReceipt, sections: [] }
    await keepLesson('loops', { lesson, etag: null, title: 'Loops' })
    const text = await made()
    const before = [await learnerStore.get(), await lessonSettingsStore.get()] as const
    await eraseHere()
    const plan = readImport(text) as Import
    expect(plan.origins).toEqual(['https://api.example/*'])
    expect(plan.userId).toBe(before[0].user_id)
    await plan.apply('file')
    expect(await learnerStore.get()).toEqual({ ...before[0], synced: 'none' })
    expect((await erasureStore.get()).waiting).toEqual([])
    expect(await lessonSettingsStore.get()).toEqual(before[1])
    expect(await settingsStore.get()).toMatchObject({ api_url: api })
    expect(await readLedger()).toMatchObject([{ kind: 'answers' }])
    expect(await findKeptLesson('loops')).toMatchObject({ lesson, title: 'Loops' })
  })

  it('of an older version of a value is brought up to date', async () => {
    const { known_at: _, ...older } = await learnerStore.get()
    const text = await made((file) => Object.assign(file.stored, { learner: { version: 1, value: older } }))
    await (readImport(text) as Import).apply('this_machine')
    expect(await learnerStore.get()).toEqual({ ...older, known_at: [api], synced: 'none' })
  })
})

describe('an export of another learner', () => {
  const theirs = 'c0ffee00-0000-4000-8000-000000000001'
  const lesson = {
    lesson_slug: 'book.example/loops',
    state: 'completed',
    seconds: 60,
    updated_at: '2026-11-01T00:00:00.000Z',
  } as const
  const exported = async () => {
    await progressStore.update((kept) => ({ ...kept, lessons: [lesson], shared_with: api }))
    const kept = await learnerStore.get()
    const learner = { ...kept, user_id: theirs, preferences: withSafeAnswers({ preferred_language: 'en' }) }
    return readImport(
      await made((file) => Object.assign(file.stored, { learner: { version: 2, value: learner } })),
    ) as Import
  }

  it('gives its answers and progress to this machine’s, whose data stay erasable', async () => {
    const own = await learnerStore.get()
    const file = await exported()
    await settingsStore.update((settings) => ({ ...settings, api_url: 'https://new.example' }))
    await file.apply('this_machine')
    expect(await learnerStore.get()).toEqual({
      user_id: own.user_id,
      preferences: withSafeAnswers({ preferred_language: 'en' }),
      synced: 'none',
      known_at: [api, 'https://new.example'],
    })
    expect((await progressStore.get()).unsent).toEqual([lesson.lesson_slug])
    expect((await erasureStore.get()).waiting).toEqual([])
  })

  it('takes this machine’s place only where told so, and then this one’s is to be erased', async () => {
    const { user_id } = await learnerStore.get()
    const file = await exported()
    await file.apply('file')
    expect(await learnerStore.get()).toMatchObject({ user_id: theirs, known_at: [api], synced: 'none' })
    expect((await progressStore.get()).unsent).toEqual([])
    expect((await erasureStore.get()).waiting).toEqual([{ api_url: api, user_id }])
  })
})

describe('a file that is refused, with the field that is wrong', () => {
  it.each(['', 'null', '[]', '{"format":"other"}', 'PK\u0003\u0004'])('is no export: %j', (text) => {
    expect(readImport(text)).toEqual({ problem: 'no_export' })
  })

  it('is of a later version', async () => {
    expect(readImport(await made((file) => Object.assign(file, { version: 2 })))).toEqual({
      problem: 'newer_version',
    })
  })

  it.each([
    ['stored/learner/preferences', { learner: { version: 2, value: { preferences: 3 } } }],
    [
      'stored/settings/api_url',
      { settings: { version: 1, value: { api_url: 'javascript:alert(1)', sites_at_api_host: false } } },
    ],
    [
      'stored/lesson_settings/sites/0/origin',
      { lesson_settings: { version: 1, value: { sites: [{ origin: 'x' }], lessons: [] } } },
    ],
  ])('has a wrong value: %s', async (field, stored) => {
    const before = await fakeBrowser.storage.local.get()
    const problem = readImport(await made((file) => Object.assign(file.stored, stored)))
    expect(problem).toMatchObject({
      problem: 'wrong_field',
      field: expect.stringContaining(field.split('/')[1] ?? ''),
    })
    expect(await fakeBrowser.storage.local.get()).toEqual(before)
  })

  it('has a wrong entry of the ledger', async () => {
    const text = await made((file) => Object.assign(file, { ledger: [{ kind: 'gossip' }] }))
    expect(readImport(text)).toMatchObject({
      problem: 'wrong_field',
      field: expect.stringContaining('ledger/0'),
    })
  })
})
