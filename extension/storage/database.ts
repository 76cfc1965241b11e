import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { KeptLesson } from './kept-lessons.ts'
import type { LedgerEntry } from './ledger.ts'

/** What is too much for extension storage, which reads and writes each value as a whole. */
interface Schema extends DBSchema {
  /** Whole rewrites by their key. The index is enough to tell which ones to let go. */
  lessons: { key: string; value: KeptLesson; indexes: { use: [used_at: number, bytes: number] } }
  /** What was sent, by a number that grows. */
  ledger: { key: number; value: LedgerEntry }
}
export type Database = IDBPDatabase<Schema>

let opened: Promise<Database> | undefined

/** The extension's database, opened once for each context, and anew where the browser closed it. */
export function database(): Promise<Database> {
  opened ??= open().catch((error: unknown) => {
    forgetOpened()
    throw error
  })
  return opened
}

function open(): Promise<Database> {
  return openDB<Schema>('lectern', 1, {
    upgrade(db) {
      db.createObjectStore('lessons').createIndex('use', ['used_at', 'bytes'])
      db.createObjectStore('ledger', { autoIncrement: true })
    },
    // Another context of a later version waits for this one to let go.
    blocking: () => void closeDatabase(),
    terminated: forgetOpened,
  })
}

/** Lets the database go; the next who asks opens it. */
export async function closeDatabase(): Promise<void> {
  const closing = opened
  forgetOpened()
  await closing?.then((db) => db.close())
}

function forgetOpened(): void {
  opened = undefined
}
