import Type from 'typebox'
import { beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { createPersistedStore } from './persisted-store.ts'

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
    expect(await fakeBrowser.storage.local.get('shelf')).toEqual({ shelf: { books: [] } })
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

  it('starts anew from what is no such value', async () => {
    await fakeBrowser.storage.local.set({ shelf: { books: 'many' } })
    expect(await context().get()).toEqual({ books: [] })
  })

  it('brings an older version up to date', async () => {
    await fakeBrowser.storage.local.set({ shelf: ['Calculus'], shelf$: { v: 1 } })
    const later = createPersistedStore({
      key: 'shelf',
      version: 2,
      migrations: { 2: (older) => ({ books: older }) },
      schema: Shelf,
      initial: () => ({ books: [] }),
    })
    expect(await later.get()).toEqual({ books: ['Calculus'] })
    expect(await fakeBrowser.storage.local.get('shelf$')).toEqual({ shelf$: { v: 2 } })
  })
})
