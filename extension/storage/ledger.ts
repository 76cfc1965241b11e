import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { database } from './database.ts'
import { tellOfDatabaseChange } from './database-changes.ts'
import { storageError } from './storage-error.ts'

/** What a call tells the API; a call that tells it nothing of the learner or a page is none of them. */
export const sendingKinds = [
  /** The six answers, with the learner's number. */
  'answers',
  /** A lesson's hash, and the profile for which it is wanted. */
  'lesson_hash',
  /** A lesson's text. */
  'lesson_text',
  'report',
  'progress',
  /** The wish to have what the API keeps of the learner. */
  'export',
  /** The wish that the API forgets the learner. */
  'erasure',
] as const
export type SendingKind = (typeof sendingKinds)[number]

/** Of which lesson, on a page of which host. */
const LedgerLesson = Type.Object({ title: Type.String(), slug: Type.String(), origin: Type.String() })
export type LedgerLesson = Static<typeof LedgerLesson>

/** Something that was sent from this machine. */
export const LedgerEntry = Type.Object({
  /** In milliseconds since 1970. */
  at: Type.Number(),
  kind: Type.Enum(sendingKinds),
  /** The API's. */
  host: Type.String(),
  /** Of the address's path and query, and of the body. */
  bytes: Type.Integer({ minimum: 0 }),
  /** False where no answer came: it may not have arrived. */
  answered: Type.Boolean(),
  lesson: Type.Optional(LedgerLesson),
})
export type LedgerEntry = Static<typeof LedgerEntry>

/** Entries that are kept: about a school year of five lessons a day. */
export const ledgerLimit = 2000

/**
 * Notes what is about to be sent; gives what to call once an answer came. Noted first: a background may end at any
 * time.
 * @throws StorageError when the browser does not keep it: what cannot be accounted for is not sent
 */
export async function noteSending(
  sending: Omit<LedgerEntry, 'at' | 'answered'>,
): Promise<() => Promise<void>> {
  const entry: LedgerEntry = { ...sending, at: Date.now(), answered: false }
  const number = await add(entry).catch((error: unknown) => {
    throw storageError(error)
  })
  return async () => {
    await (await database()).put('ledger', { ...entry, answered: true }, number)
    tellOfDatabaseChange()
  }
}

async function add(entry: LedgerEntry): Promise<number> {
  const db = await database()
  const number = await db.add('ledger', entry)
  await db.delete('ledger', IDBKeyRange.upperBound(number - ledgerLimit))
  tellOfDatabaseChange()
  return number
}

/** What was sent from this machine, the latest first; the oldest beyond `ledgerLimit` are forgotten. */
export async function readLedger(): Promise<LedgerEntry[]> {
  const entries: unknown[] = await (await database()).getAll('ledger')
  return entries.filter((entry) => Value.Check(LedgerEntry, entry)).reverse()
}

/** Adds what another machine's export says was sent, and has it all in the order of time. */
export async function addToLedger(entries: readonly LedgerEntry[]): Promise<void> {
  const all = [...(await readLedger()), ...entries]
    .toSorted((one, other) => one.at - other.at)
    .filter((entry, i, sorted) => !Value.Equal(entry, sorted[i - 1]))
  const { store, done } = (await database()).transaction('ledger', 'readwrite')
  await store.clear()
  for (const entry of all.slice(-ledgerLimit)) await store.add(entry)
  await done
  tellOfDatabaseChange()
}
