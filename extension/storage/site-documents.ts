import { SiteFile } from '@lectern/shared'
import Type, { type Static } from 'typebox'
import { createPersistedStore } from './persisted-store.ts'

/** Most documents that are kept, which has what was fetched last at its end. */
const most = 60

/** What of a textbook's own file counts without its staff: nothing of it reaches a prompt. */
export const KeptSiteFile = Type.Pick(SiteFile, ['lesson', 'ignore', 'keep', 'lessons', 'policy', 'reason'])
export type KeptSiteFile = Static<typeof KeptSiteFile>

/** What a robots.txt says to one agent, as far as it can concern a rewrite: access, and preferences about use. */
const RobotGroup = Type.Array(
  Type.Object({
    kind: Type.Enum(['allow', 'disallow', 'for', 'against']),
    path: Type.String({ maxLength: 300 }),
  }),
  { maxItems: 100 },
)
export type RobotGroup = Static<typeof RobotGroup>

const SiteDocument = Type.Object({
  url: Type.String({ maxLength: 2000 }),
  etag: Type.Union([Type.String({ maxLength: 300 }), Type.Null()]),
  /** When its host was last asked, in milliseconds since 1970. */
  checked_at: Type.Number(),
  /** Null where there is none, or none that can be read. */
  file: Type.Union([KeptSiteFile, Type.Null()]),
  robots: Type.Array(RobotGroup, { maxItems: 10 }),
})
export type SiteDocument = Static<typeof SiteDocument>

/** What hosts of granted sites say about themselves, in files of their own. */
export const siteDocumentStore = createPersistedStore({
  key: 'site_documents',
  version: 1,
  migrations: {},
  schema: Type.Object({ documents: Type.Array(SiteDocument, { maxItems: most }) }),
  initial: (): { documents: SiteDocument[] } => ({ documents: [] }),
})

/** Keeps a document in place of its former state. */
export async function keepSiteDocument(document: SiteDocument): Promise<void> {
  await siteDocumentStore.update(({ documents }) => ({
    documents: [...documents.filter(({ url }) => url !== document.url), document].slice(-most),
  }))
}
