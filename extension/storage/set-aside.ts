import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { browser } from 'wxt/browser'

const key = 'set_aside'
/** Most values that are kept, and most characters of each. */
const limits = { values: 10, characters: 100_000 } as const

/** A stored value that this version of the extension could not read. */
const SetAside = Type.Object({
  key: Type.String(),
  version: Type.Number(),
  /** In milliseconds since 1970. */
  found_at: Type.Number(),
  json: Type.String(),
})
export type SetAside = Static<typeof SetAside>

/** Keeps a value that could not be read, for the learner to export: nothing is thrown away unsaid. */
export async function setAside(found: { key: string; version: number; value: unknown }): Promise<void> {
  const { value, ...rest } = found
  const json = JSON.stringify(value).slice(0, limits.characters)
  await navigator.locks.request(`storage:${key}`, async () => {
    const kept = [...(await readSetAside()), { ...rest, found_at: Date.now(), json }].slice(-limits.values)
    // Where there is no room for it, what can be read is worth more.
    await browser.storage.local.set({ [key]: kept }).catch(console.error)
  })
}

/** What was set aside, oldest first, until `forgetSetAside`. */
export async function readSetAside(): Promise<SetAside[]> {
  const kept: unknown = (await browser.storage.local.get(key))[key]
  return Array.isArray(kept) ? kept.filter((one) => Value.Check(SetAside, one)) : []
}

export function forgetSetAside(): Promise<void> {
  return navigator.locks.request(`storage:${key}`, () => browser.storage.local.remove(key))
}
