import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { storage } from 'wxt/utils/storage'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** A value kept in extension storage and shared by all contexts of the extension. */
export type PersistedStore<T> = {
  /** Where it stands in local storage. */
  key: string
  /** What this context knows of the value, for React; true to storage between `follow()` and its end. */
  store: StoreApi<T>
  /** The stored value; made and stored if there is none yet. */
  get(): Promise<T>
  /** Changes the stored value; one change at a time over all contexts. Gives the value as stored. */
  update(change: (current: T) => T): Promise<T>
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
 * the truth: a change is read, made and written under a lock of the browser that all contexts share.
 */
export function createPersistedStore<S extends TSchema>(
  options: PersistedStoreOptions<S>,
): PersistedStore<Static<S>> {
  type T = Static<S>
  const { key, version, migrations, schema, initial } = options
  const item = storage.defineItem<unknown>(`local:${key}`, { version, migrations })
  const store = createStore<T>(initial)
  let pending = 0

  const locked = <R>(work: () => Promise<R>) => navigator.locks.request(`storage:${key}`, work)
  const isValid = (value: unknown): value is T => Value.Check(schema, value)

  async function read(): Promise<T> {
    const stored = await item.getValue()
    if (isValid(stored)) return stored
    const made = initial()
    await item.setValue(made)
    return made
  }

  async function update(change: (current: T) => T): Promise<T> {
    // Shown before it is stored: a control that lags behind its click feels broken.
    store.setState(change(store.getState()), true)
    pending += 1
    try {
      const stored = await locked(async () => {
        const changed = change(await read())
        await item.setValue(changed)
        return changed
      })
      store.setState(stored, true)
      return stored
    } finally {
      pending -= 1
    }
  }

  async function follow(): Promise<() => void> {
    const unwatch = item.watch((value) => {
      // An own change in flight is newer than what storage tells; it ends with the stored value.
      if (pending === 0 && isValid(value)) store.setState(value, true)
    })
    store.setState(await locked(read), true)
    return unwatch
  }

  return { key, store, get: () => locked(read), update, follow }
}
