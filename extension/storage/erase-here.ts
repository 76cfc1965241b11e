import { browser } from 'wxt/browser'
import { database } from './database.ts'
import { tellOfDatabaseChange } from './database-changes.ts'
import { erasureStore } from './erasure-store.ts'

/** Erases all that is kept on this machine, but for what other machines are yet to erase. */
export async function eraseHere(): Promise<void> {
  const keys = await keptKeys()
  // Under every store's lock: a change that is half made would bring its value back.
  const erase = keys.reduceRight<() => Promise<void>>(
    (work, key) => () => navigator.locks.request(`storage:${key}`, work),
    async () => browser.storage.local.remove(await keptKeys()),
  )
  await erase()
  const db = await database()
  await Promise.all([db.clear('lessons'), db.clear('ledger')])
  tellOfDatabaseChange()
}

async function keptKeys(): Promise<string[]> {
  const spared = [erasureStore.key, `${erasureStore.key}$`]
  return Object.keys(await browser.storage.local.get())
    .filter((key) => !spared.includes(key))
    .sort()
}
