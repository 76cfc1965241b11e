import { expect, it, vi } from 'vitest'
import { database } from './database.ts'
import { addToLedger, type LedgerEntry, ledgerLimit, noteSending, readLedger } from './ledger.ts'
import './testing/database.ts'

const sending = { kind: 'lesson_hash', host: 'api.example', bytes: 120 } as const
const lesson = { title: 'Loops', slug: 'loops', origin: 'https://book.example' }

it('notes what is sent before it is, and that an answer came', async () => {
  const answered = await noteSending({ ...sending, lesson })
  expect(await readLedger()).toMatchObject([{ ...sending, lesson, answered: false }])
  await answered()
  expect(await readLedger()).toMatchObject([{ ...sending, lesson, answered: true }])
})

it('has nothing sent that it cannot note, and says why', async () => {
  const db = await database()
  const full = vi
    .spyOn(db, 'add')
    .mockRejectedValue(new DOMException('The disk is full', 'QuotaExceededError'))
  await expect(noteSending(sending)).rejects.toMatchObject({ failure: { error: 'storage_full' } })
  full.mockRestore()
})

it('gives the latest first, and forgets the oldest', async () => {
  const db = await database()
  const entry: LedgerEntry = { ...sending, at: 1, answered: true }
  const many = db.transaction('ledger', 'readwrite')
  for (let at = 1; at <= ledgerLimit; at++) void many.store.add({ ...entry, at })
  await many.done
  await noteSending({ ...sending, kind: 'report' })
  const entries = await readLedger()
  expect(entries).toHaveLength(ledgerLimit)
  expect(entries[0]).toMatchObject({ kind: 'report' })
  expect(entries.at(-1)).toMatchObject({ at: 2 })
  await (await database()).clear('ledger')
  expect(await readLedger()).toEqual([])
})

it('takes in what another machine sent, each once, in the order of time', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 500 })
  await noteSending(sending)
  vi.useRealTimers()
  const entries = [400, 600].map((at) => ({ ...sending, at, answered: true }))
  await addToLedger(entries)
  await addToLedger(entries)
  expect((await readLedger()).map(({ at }) => at)).toEqual([600, 500, 400])
})
