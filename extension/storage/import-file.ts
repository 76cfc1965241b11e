import { Value } from 'typebox/value'
import { originPattern } from '../permissions/origin-pattern.ts'
import { type ProgressKept, progressStore } from '../progress/progress-store.ts'
import { courseStore } from './course-store.ts'
import { noteErasures } from './erasure-store.ts'
import { ExportFile, exportVersion } from './export-file.ts'
import { addKeptLessons } from './kept-lessons.ts'
import { apisThatKnow, type Learner, learnerStore } from './learner-store.ts'
import { addToLedger } from './ledger.ts'
import { lessonSettingsStore } from './lesson-settings-store.ts'
import type { PersistedStore } from './persisted-store.ts'
import { apiUrlOf, settingsStore } from './settings-store.ts'

/** Why a file cannot be imported; `field` is the path of what is wrong in it. */
export type ImportProblem =
  | { problem: 'no_export' }
  | { problem: 'newer_version' }
  | { problem: 'wrong_field'; field: string }

/** An export that was read and found whole. */
export type Import = {
  /** The hosts that it needs, as permissions are asked for: that of its API. */
  origins: string[]
  /** Whose it is, by their number at the API; nothing where the file has no learner. */
  userId: string | undefined
  /**
   * Takes its values in the place of those on this machine, and adds its ledger and its kept lessons.
   * @param identity whose number the APIs know this machine by from then on: `file` notes the erasure of this one's
   */
  apply(identity: Identity): Promise<void>
}

export type Identity = 'this_machine' | 'file'

type Kept = ExportFile['stored'][string]
type Reading = { problem: string } | { apply(identity: Identity): Promise<unknown> }

/** What is imported, by its key, in this order: the learner while the settings still name the API in force. */
const importable: Record<string, (kept: Kept) => Reading> = {
  [learnerStore.key]: (kept) => read(learnerStore, kept, takeLearner),
  [settingsStore.key]: (kept) => read(settingsStore, kept),
  [lessonSettingsStore.key]: (kept) => read(lessonSettingsStore, kept),
  [courseStore.key]: (kept) => read(courseStore, kept),
  [progressStore.key]: (kept) => read(progressStore, kept, takeProgress),
}

/** Reads the text of an export and checks each of its fields; nothing is changed before `apply`. */
export function readImport(text: string): Import | ImportProblem {
  const file = parseJson(text)
  if (!Value.Check(ExportFile.properties.format, (file as { format?: unknown } | null)?.format))
    return { problem: 'no_export' }
  if (!Value.Check(ExportFile, file)) {
    const [error] = Value.Errors(ExportFile, file)
    return { problem: 'wrong_field', field: error?.instancePath.slice(1) ?? '' }
  }
  if (file.version > exportVersion) return { problem: 'newer_version' }
  const readings = Object.entries(importable).flatMap(([key, reading]) => {
    const kept = file.stored[key]
    return kept === undefined ? [] : [reading(kept)]
  })
  for (const reading of readings)
    if ('problem' in reading) return { problem: 'wrong_field', field: `stored/${reading.problem}` }
  return {
    origins: originsIn(file),
    userId: learnerIn(file)?.user_id,
    async apply(identity) {
      for (const reading of readings) if ('apply' in reading) await reading.apply(identity)
      await addToLedger(file.ledger)
      await addKeptLessons(file.lessons)
    },
  }
}

function read<T>(
  store: PersistedStore<T>,
  { value, version }: Kept,
  take: (theirs: T, identity: Identity) => Promise<unknown> = (theirs) => store.update(() => theirs),
): Reading {
  const parsed = store.parse(value, version)
  return 'problem' in parsed ? parsed : { apply: (identity) => take(parsed.value, identity) }
}

/** The API that is in force then does not know the learner, as far as is known. */
async function takeLearner(theirs: Learner, identity: Identity): Promise<void> {
  const own = await learnerStore.get()
  const known_at = apisThatKnow(own, apiUrlOf(await settingsStore.get()))
  const { user_id, preferences } = theirs
  if (user_id === own.user_id || identity === 'this_machine') {
    const apis = user_id === own.user_id ? [...new Set([...theirs.known_at, ...known_at])] : known_at
    await learnerStore.update((kept) => ({
      ...kept,
      preferences,
      synced: 'none',
      known_at: apis.slice(-100),
    }))
    return
  }
  await noteErasures(known_at.map((api_url) => ({ api_url, user_id: own.user_id })))
  await learnerStore.update(() => ({ ...theirs, synced: 'none' }))
}

/** What a server knows of another number it does not know of this one. */
async function takeProgress(theirs: ProgressKept, identity: Identity): Promise<void> {
  const unsent = identity === 'file' ? theirs.unsent : theirs.lessons.map(({ lesson_slug }) => lesson_slug)
  await progressStore.update(() => ({ ...theirs, unsent }))
}

function learnerIn({ stored }: ExportFile): Learner | undefined {
  const kept = stored[learnerStore.key]
  const learner = kept && learnerStore.parse(kept.value, kept.version)
  return learner && 'value' in learner ? learner.value : undefined
}

function originsIn({ stored }: ExportFile): string[] {
  const kept = stored[settingsStore.key]
  const settings = kept && settingsStore.parse(kept.value, kept.version)
  const url = settings && 'value' in settings ? settings.value.api_url : null
  return url === null ? [] : [originPattern(url) ?? []].flat()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
