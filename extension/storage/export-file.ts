import Type, { type Static } from 'typebox'
import { browser } from 'wxt/browser'
import type { LearnerExported } from '../messaging/messages.ts'
import { erasureStore } from './erasure-store.ts'
import { readKeptLessons } from './kept-lessons.ts'
import { LedgerEntry, readLedger } from './ledger.ts'
import { versionOf } from './persisted-store.ts'
import { staffSessionKey } from './staff-session.ts'

/** Raised when a reader of the former version would misunderstand the file. */
export const exportVersion = 1

/** What an export is: all that is kept on this machine, and what the API keeps of the learner. */
export const ExportFile = Type.Object({
  format: Type.Literal('lectern-export'),
  version: Type.Integer({ minimum: 1 }),
  exported_at: Type.String(),
  /** The values in extension storage by their keys, each with its version. */
  stored: Type.Record(Type.String(), Type.Object({ version: Type.Number(), value: Type.Unknown() })),
  ledger: Type.Array(LedgerEntry),
  /** The rewrites that are kept here. */
  lessons: Type.Record(Type.String(), Type.Unknown()),
  /** The API's own export, or why there is none. */
  api: Type.Unknown(),
})
export type ExportFile = Static<typeof ExportFile>

/** The text of an export, with what the API answered to `export-learner`. */
export async function makeExport(api: LearnerExported): Promise<string> {
  const [stored, ledger, lessons] = await Promise.all([readStored(), readLedger(), readKeptLessons()])
  const file: ExportFile = {
    format: 'lectern-export',
    version: exportVersion,
    exported_at: new Date().toISOString(),
    stored,
    ledger,
    lessons,
    api: api.ok ? api.learner : api.failure,
  }
  return JSON.stringify(file, null, 2)
}

/** No part of an export: whom others are yet to erase is for that alone, a staff token for this browser alone. */
const unexported: readonly string[] = [erasureStore.key, staffSessionKey]

/** Beside each value stands its version, under its key with a $. */
async function readStored(): Promise<ExportFile['stored']> {
  const all: Record<string, unknown> = await browser.storage.local.get()
  const keys = Object.keys(all).filter((key) => !key.endsWith('$') && !unexported.includes(key))
  return Object.fromEntries(keys.map((key) => [key, { version: versionOf(all[`${key}$`]), value: all[key] }]))
}
