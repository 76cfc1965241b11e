import Type, { type Static } from 'typebox'
import { createPersistedStore } from './persisted-store.ts'

/** An API's address, without a slash at its end. */
export const ApiUrl = Type.String({ pattern: '^https?://[^?#]+[^/?#]$', maxLength: 2000 })

export const Settings = Type.Object({
  /** The API's address without a slash at the end; null for the one that this build came with. */
  api_url: Type.Union([ApiUrl, Type.Null()]),
  /** Whether the learner wants Lectern on pages that the API's own host serves. */
  sites_at_api_host: Type.Boolean(),
})
export type Settings = Static<typeof Settings>

export const settingsStore = createPersistedStore({
  key: 'settings',
  version: 1,
  migrations: {},
  schema: Settings,
  initial: () => ({ api_url: null, sites_at_api_host: false }),
})

/** The API's address in force, without a slash at the end. */
export function apiUrlOf(settings: Settings): string {
  return settings.api_url ?? import.meta.env.LECTERN_API_URL
}
