import { Site } from '@lectern/shared'
import Type, { type Static } from 'typebox'
import { createPersistedStore } from './persisted-store.ts'

/** The course's sites as last heard from the API. */
export const SiteListCopy = Type.Object({
  /** The address that this list came from; null when none was fetched yet. */
  api_url: Type.Union([Type.String(), Type.Null()]),
  etag: Type.Union([Type.String(), Type.Null()]),
  /** When the API last said that this is its list, in milliseconds since 1970. */
  checked_at: Type.Number(),
  sites: Type.Array(Site),
})
export type SiteListCopy = Static<typeof SiteListCopy>

export const siteListStore = createPersistedStore({
  key: 'site_list',
  version: 1,
  migrations: {},
  schema: SiteListCopy,
  initial: () => ({ api_url: null, etag: null, checked_at: 0, sites: [] }),
})
