import { PersonalizedLesson } from '@lectern/shared'
import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { database } from './database.ts'
import { tellOfDatabaseChange } from './database-changes.ts'

/** A whole rewrite that is kept on this machine, so that it opens at once and without a network. */
export const KeptLesson = Type.Object({
  lesson: PersonalizedLesson,
  /** What the API calls this very answer, where it said so. */
  etag: Type.Union([Type.String(), Type.Null()]),
  title: Type.String(),
  /** In milliseconds since 1970. */
  kept_at: Type.Number(),
  used_at: Type.Number(),
  bytes: Type.Integer(),
})
export type KeptLesson = Static<typeof KeptLesson>

/** What is kept at most: bytes in all and of one lesson, and milliseconds since a lesson was last looked at. */
export const keptLimits = { bytes: 50_000_000, lesson: 5_000_000, age: 90 * 24 * 3_600_000 } as const

/** A rewrite as it was kept under a key, which is one that was looked at now. */
export async function findKeptLesson(key: string): Promise<KeptLesson | undefined> {
  const db = await database()
  const kept: unknown = await db.get('lessons', key)
  if (kept === undefined) return undefined
  if (!Value.Check(KeptLesson, kept)) {
    await db.delete('lessons', key)
    return undefined
  }
  await db.put('lessons', { ...kept, used_at: Date.now() }, key)
  return kept
}

/** Keeps a rewrite, and lets go of those that were not looked at for longest where it is too much. */
export async function keepLesson(
  key: string,
  { lesson, etag, title }: Pick<KeptLesson, 'lesson' | 'etag' | 'title'>,
): Promise<void> {
  const bytes = bytesOf(lesson)
  if (bytes > keptLimits.lesson) return
  const now = Date.now()
  await asFarAsThereIsRoom(async () => {
    await (await database()).put('lessons', { lesson, etag, title, kept_at: now, used_at: now, bytes }, key)
  })
}

/**
 * Adds what another machine has kept, where nothing is kept here. That file is not the API's word: without an entity
 * tag, the first look at a lesson has the API's own take its place.
 */
export async function addKeptLessons(theirs: Readonly<Record<string, unknown>>): Promise<void> {
  const now = Date.now()
  await asFarAsThereIsRoom(async () => {
    const { store, done } = (await database()).transaction('lessons', 'readwrite')
    for (const [key, kept] of Object.entries(theirs)) {
      if (!Value.Check(KeptLesson, kept) || (await store.getKey(key)) !== undefined) continue
      const bytes = bytesOf(kept.lesson)
      if (bytes > keptLimits.lesson) continue
      await store.put({ ...kept, etag: null, bytes, used_at: Math.min(kept.used_at, now) }, key)
    }
    await done
  })
}

/** Lets go of what was kept under a key. */
export async function forgetKeptLesson(key: string): Promise<void> {
  await (await database()).delete('lessons', key)
  tellOfDatabaseChange()
}

/** How many lessons are kept, and their bytes. */
export async function sizeOfKeptLessons(): Promise<{ lessons: number; bytes: number }> {
  const index = (await database()).transaction('lessons').store.index('use')
  let [lessons, bytes] = [0, 0]
  for (let cursor = await index.openKeyCursor(); cursor !== null; cursor = await cursor.continue()) {
    lessons += 1
    bytes += cursor.key[1]
  }
  return { lessons, bytes }
}

/** All lessons that are kept, by their keys. */
export async function readKeptLessons(): Promise<Record<string, KeptLesson>> {
  const { store } = (await database()).transaction('lessons')
  const [keys, lessons] = await Promise.all([store.getAllKeys(), store.getAll()])
  return Object.fromEntries(keys.map((key, i) => [key, lessons[i] as KeptLesson]))
}

/** Forgets all of them. */
export async function forgetKeptLessons(): Promise<void> {
  await (await database()).clear('lessons')
  tellOfDatabaseChange()
}

/** Keeps what `keep` puts there, within the limits. */
async function asFarAsThereIsRoom(keep: () => Promise<void>): Promise<void> {
  try {
    await keep()
    await letGo(keptLimits.bytes)
  } catch (error) {
    // The disk may be full: what was kept is worth less than what the learner stores there.
    console.error(error)
    await letGo(keptLimits.bytes / 10).catch(console.error)
  }
  tellOfDatabaseChange()
}

function bytesOf(lesson: PersonalizedLesson): number {
  return new TextEncoder().encode(JSON.stringify(lesson)).length
}

/** Keeps those that were looked at last, as many as `most` bytes hold. */
async function letGo(most: number): Promise<void> {
  const { store, done } = (await database()).transaction('lessons', 'readwrite')
  const oldest = Date.now() - keptLimits.age
  let bytes = 0
  let cursor = await store.index('use').openKeyCursor(null, 'prev')
  for (; cursor !== null; cursor = await cursor.continue()) {
    const [usedAt, size] = cursor.key
    bytes += size
    if (bytes > most || usedAt < oldest) await store.delete(cursor.primaryKey)
  }
  await done
}
