import { parseSiteFile, type SiteFile, speaksFor, wellKnownOf } from '@lectern/shared'
import { isSite } from '../permissions/site-origins.ts'
import {
  type KeptSiteFile,
  keepSiteDocument,
  type RobotGroup,
  type SiteDocument,
  siteDocumentStore,
} from '../storage/site-documents.ts'
import { robotGroupsOf } from '../wishes/robot-rules.ts'
import { tdmFile, tdmRulesOf } from '../wishes/tdm-reservations.ts'
import { fetchOfSite, type SiteAnswer } from './fetch-of-site.ts'

const hour = 3_600_000
/** How long a document is taken as it is, and how soon a host that is away is asked again. */
const keptFor = { usual: 24 * hour, away: hour / 6 } as const

const flights = new Map<string, Promise<void>>()

/** The documents that are kept of a page's host and speak for it, the nearest first, and what it says to machines. */
export async function keptDocumentsOf(
  pageUrl: string,
): Promise<{ files: SiteDocument[]; robots: RobotGroup[] }> {
  const { documents } = await siteDocumentStore.get()
  const toMachines = [robotsOf(pageUrl), tdmOf(pageUrl)]
  const files = documents.filter(({ url, file }) => file !== null && speaksFor(url, pageUrl))
  const robots = documents
    .filter(({ url }) => toMachines.includes(url))
    .flatMap((document) => document.robots)
  return { files: files.sort((a, b) => depthOf(b.url) - depthOf(a.url)), robots }
}

/**
 * Asks a granted site for what it says about itself, where that is not known since a day: the file of its origin, the
 * one that the page links to if it may speak for the page, robots.txt and tdmrep.json. Nobody else's host is asked.
 */
export async function refreshDocumentsOf(pageUrl: string, link?: string | null): Promise<void> {
  if (!(await isSite(pageUrl))) return
  const urls = new Set([wellKnownOf(pageUrl), robotsOf(pageUrl), tdmOf(pageUrl)])
  const linked = link == null ? undefined : linkedFile(link, pageUrl)
  if (linked !== undefined) urls.add(linked)
  const { files } = await keptDocumentsOf(pageUrl)
  for (const { url } of files) urls.add(url)
  await Promise.all([...urls].map(refresh))
}

/** The file that a page links to; nothing where it is another origin's or another folder's. */
function linkedFile(link: string, pageUrl: string): string | undefined {
  if (!URL.canParse(link, pageUrl)) return undefined
  const url = new URL(link, pageUrl)
  url.hash = ''
  return speaksFor(url.href, pageUrl) ? url.href : undefined
}

function robotsOf(pageUrl: string): string {
  return `${new URL(pageUrl).origin}/robots.txt`
}

function tdmOf(pageUrl: string): string {
  return new URL(pageUrl).origin + tdmFile
}

/** The file of a whole origin speaks for the most pages. */
function depthOf(fileUrl: string): number {
  return fileUrl === wellKnownOf(fileUrl) ? 0 : new URL(fileUrl).pathname.length
}

function refresh(url: string): Promise<void> {
  const flight =
    flights.get(url) ??
    fetchAnew(url)
      .catch(console.error)
      .finally(() => flights.delete(url))
  flights.set(url, flight)
  return flight
}

async function fetchAnew(url: string): Promise<void> {
  const { documents } = await siteDocumentStore.get()
  const kept = documents.find((document) => document.url === url)
  if (kept !== undefined && Math.abs(Date.now() - kept.checked_at) < keptFor.usual) return
  const answer = await fetchOfSite(url, { etag: kept?.etag ?? null })
  await keepSiteDocument(documentOf(url, kept, answer))
}

function documentOf(url: string, kept: SiteDocument | undefined, answer: SiteAnswer): SiteDocument {
  const now = Date.now()
  const empty: SiteDocument = { url, etag: null, checked_at: now, file: null, robots: [] }
  if (answer.state === 'away') return { ...(kept ?? empty), checked_at: now - keptFor.usual + keptFor.away }
  if (answer.state === 'unchanged') return { ...(kept ?? empty), checked_at: now }
  if (answer.state === 'none') return empty
  const { text, etag } = answer
  if (url === robotsOf(url)) return { ...empty, etag, robots: robotGroupsOf(text) }
  if (url === tdmOf(url)) return { ...empty, etag, robots: tdmRulesOf(text) }
  const parsed = parseSiteFile(text)
  return { ...empty, etag, file: 'file' in parsed ? keptOf(parsed.file) : null }
}

const keptFields = ['lesson', 'ignore', 'keep', 'lessons', 'policy', 'reason'] as const

function keptOf(file: SiteFile): KeptSiteFile {
  return Object.fromEntries(
    keptFields.flatMap((field) => (file[field] === undefined ? [] : [[field, file[field]]])),
  )
}
