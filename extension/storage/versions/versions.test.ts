import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { erasureStore } from '../erasure-store.ts'
import { learnerStore } from '../learner-store.ts'
import { lessonSettingsStore } from '../lesson-settings-store.ts'
import { readSetAside } from '../set-aside.ts'
import { settingsStore } from '../settings-store.ts'
import { siteListStore } from '../site-list-store.ts'

/** What extension storage held in each shipped version of its values: N.json. Add one before a schema changes. */
const fixtures = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.json'))
  .map((name) => [name, JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'))] as const)

beforeEach(() => fakeBrowser.reset())

describe.each(fixtures)('storage of %s', (_, stored) => {
  it('is read without a loss', async () => {
    await fakeBrowser.storage.local.set(stored)
    expect(await learnerStore.get()).toMatchObject(stored.learner)
    expect(await settingsStore.get()).toMatchObject(stored.settings)
    expect(await siteListStore.get()).toMatchObject(stored.site_list)
    expect(await lessonSettingsStore.get()).toMatchObject(
      stored.lesson_settings ?? { sites: [], lessons: [] },
    )
    expect(await erasureStore.get()).toMatchObject(stored.erasures ?? { waiting: [] })
    expect(await readSetAside()).toEqual([])
  })
})

it('of a learner of version 1 knows of no API but the one in force', async () => {
  await fakeBrowser.storage.local.set(fixtures[0]?.[1])
  expect(await learnerStore.get()).toMatchObject({ known_at: [], synced: 'current' })
  expect(await fakeBrowser.storage.local.get('learner$')).toEqual({ learner$: { v: 2 } })
})
