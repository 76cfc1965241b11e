import Type from 'typebox'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { createPersistedStore } from './persisted-store.ts'
import { forgetSetAside, readSetAside } from './set-aside.ts'

const Shelf = Type.Object({ books: Type.Array(Type.String()) })

/** A context of its own: each has its store over the same storage. */
const context = () =>
  createPersistedStore({
    key: 'shelf',
    version: 1,
    migrations: {},
    schema: Shelf,
    initial: () => ({ books: [] }),
  })
const add = (book: string) => (shelf: { books: string[] }) => ({ books: [...shelf.books, book] })

beforeEach(() => fakeBrowser.reset())

describe('persisted store', () => {
  it('makes the first value and keeps it', async () => {
    expect(await context().get()).toEqual({ books: [] })
    expect(await fakeBrowser.storage.local.get()).toEqual({ shelf: { books: [] }, shelf$: { v: 1 } })
  })

  it('tells the other contexts, until they stop following', async () => {
    const [page, options] = [context(), context()]
    const stop = await options.follow()
    await page.update(add('Calculus'))
    expect(options.store.getState()).toEqual({ books: ['Calculus'] })
    stop()
    await page.update(add('Rust'))
    expect(options.store.getState()).toEqual({ books: ['Calculus'] })
  })

  it('loses no change when contexts write at once', async () => {
    const contexts = Array.from({ length: 8 }, context)
    await Promise.all(contexts.map((one, i) => one.update(add(String(i)))))
    expect((await context().get()).books.toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
  })

  it('shows an own change before it is stored', async () => {
    const page = context()
    await page.follow()
    const stored = page.update(add('Calculus'))
    expect(page.store.getState()).toEqual({ books: ['Calculus'] })
    await stored
  })

  it('sets aside what is no such value, and starts anew', async () => {
    await fakeBrowser.storage.local.set({ shelf: { books: 'many' } })
    expect(await context().get()).toEqual({ books: [] })
    expect(await readSetAside()).toMatchObject([{ key: 'shelf', version: 1, json: '{"books":"many"}' }])
    await forgetSetAside()
    expect(await readSetAside()).toEqual([])
  })

  it('sets aside at most ten values, the last ones', async () => {
    for (let n = 0; n < 12; n++) {
      await fakeBrowser.storage.local.set({ shelf: n })
      await context().get()
    }
    expect((await readSetAside()).map(({ json }) => json)).toEqual(
      [2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(String),
    )
  })

  it('is as it was when the browser’s storage is full, and says so', async () => {
    const page = context()
    await page.update(add('Calculus'))
    const full = vi
      .spyOn(fakeBrowser.storage.local, 'set')
      .mockRejectedValue(new Error('QUOTA_BYTES quota exceeded'))
    await expect(page.update(add('Rust'))).rejects.toMatchObject({
      failure: { error: 'storage_full', message: expect.stringMatching(/no room left.*try again/) },
    })
    full.mockRestore()
    expect(page.store.getState()).toEqual({ books: ['Calculus'] })
    expect(await page.get()).toEqual({ books: ['Calculus'] })
  })

  describe('of an older version', () => {
    const later = (migrate = (older: unknown) => ({ books: older }) as unknown) =>
      createPersistedStore({
        key: 'shelf',
        version: 3,
        migrations: { 2: migrate, 3: (older) => older },
        schema: Shelf,
        initial: () => ({ books: [] }),
      })

    it.each([{ shelf$: { v: 1 } }, {}])('is brought up to date, once: %j', async (version) => {
      await fakeBrowser.storage.local.set({ shelf: ['Calculus'], ...version })
      expect(await later().get()).toEqual({ books: ['Calculus'] })
      expect(await fakeBrowser.storage.local.get()).toEqual({
        shelf: { books: ['Calculus'] },
        shelf$: { v: 3 },
      })
      expect(await later().get()).toEqual({ books: ['Calculus'] })
    })

    it('loses nothing when many contexts start with it at once, and write', async () => {
      await fakeBrowser.storage.local.set({ shelf: ['Calculus'], shelf$: { v: 1 } })
      await Promise.all(['a', 'b', 'c'].map((book) => later().update(add(book))))
      expect((await later().get()).books.toSorted()).toEqual(['Calculus', 'a', 'b', 'c'])
    })

    it('is set aside where it cannot be brought up to date', async () => {
      const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
      await fakeBrowser.storage.local.set({ shelf: 3 })
      const broken = later((older) => (older as string[]).map((book) => book))
      expect(await broken.get()).toEqual({ books: [] })
      expect(await readSetAside()).toMatchObject([{ key: 'shelf', json: '3' }])
      expect(log).toHaveBeenCalledOnce()
      log.mockRestore()
    })
  })

  it('of a later version is used as far as it can be read', async () => {
    await fakeBrowser.storage.local.set({ shelf: { books: ['Calculus'], more: 1 }, shelf$: { v: 9 } })
    expect(await context().get()).toMatchObject({ books: ['Calculus'] })
    expect(await readSetAside()).toEqual([])
  })
})
