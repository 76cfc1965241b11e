import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { type Browser, browser } from 'wxt/browser'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { setAside } from './set-aside.ts'
import { storageError } from './storage-error.ts'

/** A value kept in extension storage and shared by all contexts of the extension. */
export type PersistedStore<T> = {
  /** Where it stands in local storage. */
  key: string
  /** What this context knows of the value, for React; true to storage between `follow()` and its end. */
  store: StoreApi<T>
  /**
   * The stored value; made and stored if there is none yet.
   * @throws StorageError when the browser cannot read it
   */
  get(): Promise<T>
  /**
   * Changes the stored value; one change at a time over all contexts. Gives the value as stored.
   * @throws StorageError when the browser does not take it, as when its storage is full: all is as it was then
   */
  update(change: (current: T) => T): Promise<T>
  /** What a kept value of some version is to this one, or the path of the field that it cannot be because of. */
  parse(value: unknown, version: number): { value: T } | { problem: string }
  /** Brings `store` up to date and keeps it so until the function that it gives is called. */
  follow(): Promise<() => void>
}

type PersistedStoreOptions<S extends TSchema> = {
  /** The key in local storage, and the name of its lock. */
  key: string
  /** Raised with each change of the schema, which needs its entry in `migrations`. */
  version: number
  /** `migrations[n]` turns a value of version n - 1 into one of version n. */
  migrations: Record<number, (older: unknown) => unknown>
  schema: S
  initial: () => Static<S>
}

/**
 * A zustand store over one item of extension storage. Contexts start, stop and write at any time, so storage is
 * the truth: a change is read, made and written under a lock of the browser that all contexts share. What cannot be
 * read as this version's value is set aside, and the store begins anew.
 */
export function createPersistedStore<S extends TSchema>(
  options: PersistedStoreOptions<S>,
): PersistedStore<Static<S>> {
  type T = Static<S>
  const { key, version, migrations, schema, initial } = options
  /** Where WXT's storage, which wrote the first versions, noted a value's version; none means 1. */
  const versionKey = `${key}$`
  const store = createStore<T>(initial)
  let pending = 0

  const locked = <R>(work: () => Promise<R>) => navigator.locks.request(`storage:${key}`, work)
  const isValid = (value: unknown): value is T => Value.Check(schema, value)

  async function read(): Promise<T> {
    const kept = await browser.storage.local.get([key, versionKey]).catch((error: unknown) => {
      throw storageError(error)
    })
    const value: unknown = kept[key]
    if (value == null) return await write(initial())
    const from = versionOf(kept[versionKey])
    const parsed = parse(value, from)
    if ('problem' in parsed) {
      await setAside({ key, version: from, value })
      return await write(initial())
    }
    return from < version ? await write(parsed.value) : parsed.value
  }

  function parse(value: unknown, from: number): { value: T } | { problem: string } {
    const migrated = migrate(value, from)
    if (isValid(migrated)) return { value: migrated }
    const [error] = Value.Errors(schema, migrated)
    return { problem: `${key}${error?.instancePath ?? ''}` }
  }

  /** Value and version in one go: a context that ends in between would leave one without the other. */
  async function write(value: T): Promise<T> {
    await browser.storage.local
      .set({ [key]: value, [versionKey]: { v: version } })
      .catch((error: unknown) => {
        throw storageError(error)
      })
    return value
  }

  function migrate(value: unknown, from: number): unknown {
    try {
      let migrated = value
      for (let next = from + 1; next <= version; next++) migrated = migrations[next]?.(migrated)
      return migrated
    } catch (error) {
      console.error(error)
      return undefined
    }
  }

  async function update(change: (current: T) => T): Promise<T> {
    const before = store.getState()
    // Shown before it is stored: a control that lags behind its click feels broken.
    store.setState(change(before), true)
    pending += 1
    try {
      const stored = await locked(async () => await write(change(await read())))
      store.setState(stored, true)
      return stored
    } catch (error) {
      store.setState(before, true)
      throw error
    } finally {
      pending -= 1
    }
  }

  async function follow(): Promise<() => void> {
    const watch = (changes: Record<string, Browser.storage.StorageChange>) => {
      const change = changes[key]
      // An own change in flight is newer than what storage tells; it ends with the stored value.
      if (change === undefined || pending > 0) return
      if (isValid(change.newValue)) store.setState(change.newValue, true)
      // Erased: whoever reads it first begins it anew.
      else if (change.newValue == null) void locked(read).then((value) => store.setState(value, true))
    }
    browser.storage.local.onChanged.addListener(watch)
    store.setState(await locked(read), true)
    return () => browser.storage.local.onChanged.removeListener(watch)
  }

  return { key, store, get: () => locked(read), update, parse, follow }
}

/** The version that stands beside a kept value. */
export function versionOf(kept: unknown): number {
  const v: unknown = typeof kept === 'object' && kept !== null && 'v' in kept ? kept.v : 1
  return typeof v === 'number' ? v : 1
}
