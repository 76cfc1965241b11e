import { Value } from 'typebox/value'
import { originPattern } from '../permissions/origin-pattern.ts'
import { progressStore } from '../progress/progress-store.ts'
import { courseStore } from './course-store.ts'
import { ExportFile, exportVersion } from './export-file.ts'
import { learnerStore } from './learner-store.ts'
import { addToLedger } from './ledger.ts'
import { lessonSettingsStore } from './lesson-settings-store.ts'
import type { PersistedStore } from './persisted-store.ts'
import { settingsStore } from './settings-store.ts'

/** Why a file cannot be imported; `field` is the path of what is wrong in it. */
export type ImportProblem =
  | { problem: 'no_export' }
  | { problem: 'newer_version' }
  | { problem: 'wrong_field'; field: string }

/** An export that was read and found whole. */
export type Import = {
  /** The hosts that it needs, as permissions are asked for: that of its API. */
  origins: string[]
  /** Takes its values in the place of those on this machine, and adds its ledger. Kept lessons come from the API. */
  apply(): Promise<void>
}

type Kept = ExportFile['stored'][string]
type Reading = { problem: string } | { apply(): Promise<unknown> }

/** What is imported, by its key. The API that is in force then does not know the learner, as far as is known. */
const importable: Record<string, (kept: Kept) => Reading> = {
  [learnerStore.key]: (kept) =>
    read(learnerStore, kept, (learner) => ({ ...learner, synced: 'none' as const })),
  [settingsStore.key]: (kept) => read(settingsStore, kept),
  [lessonSettingsStore.key]: (kept) => read(lessonSettingsStore, kept),
  [courseStore.key]: (kept) => read(courseStore, kept),
  [progressStore.key]: (kept) => read(progressStore, kept),
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
    async apply() {
      for (const reading of readings) if ('apply' in reading) await reading.apply()
      await addToLedger(file.ledger)
    },
  }
}

function read<T>(store: PersistedStore<T>, { value, version }: Kept, change = (one: T): T => one): Reading {
  const parsed = store.parse(value, version)
  return 'problem' in parsed ? parsed : { apply: () => store.update(() => change(parsed.value)) }
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
