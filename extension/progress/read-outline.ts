import type { BookOutline, OutlineEntry } from './book-outline.ts'
import { findNavigation } from './find-navigation.ts'
import { lessonAddress } from './lesson-address.ts'
import { longestOutline } from './outline-limits.ts'
import { oneLine, wordsOf } from './page-link.ts'
import { readNavigation } from './read-navigation.ts'
import { nextPage, previousPage } from './turn-page.ts'

/**
 * Reads the outline of the book that a page is of, as far as the page tells it: from its navigation, and from its
 * links to the page before and after. Reads only.
 * @param url the document's address
 */
export function readOutline(document: Document, url: string): BookOutline {
  const navigation = findNavigation(document, url)
  const listed = navigation === undefined ? [] : readNavigation(navigation, url)
  const entries = withNeighbours(withCurrent(listed, document, url), document, url)
  return { url, listed: navigation !== undefined, entries: around(entries, indexOf(entries, url)) }
}

function withCurrent(entries: OutlineEntry[], document: Document, url: string): OutlineEntry[] {
  if (indexOf(entries, url) !== -1) return entries
  return [
    ...entries,
    { title: titleOf(document) || new URL(url).pathname, level: 0, url: url.replace(/#.*/, '') },
  ]
}

/** A page's own title: the heading of its lesson, not the site's name in a bar. */
function titleOf(document: Document): string {
  const content = [...document.querySelectorAll('main, [role=main], article')]
  const headings = ['h1', 'h2'].flatMap((name) => content.flatMap((one) => [...one.querySelectorAll(name)]))
  const heading = headings.find((one) => one.closest('[data-lectern-clone]') === null)
  return (heading && wordsOf(heading)) || oneLine(document.title)
}

/** Some navigations leave out what is folded; the page's own links say what comes before and after it. */
function withNeighbours(entries: OutlineEntry[], document: Document, url: string): OutlineEntry[] {
  const at = indexOf(entries, url)
  const level = entries[at]?.level ?? 0
  const missing = (page: { title: string; url: string } | undefined) =>
    page === undefined || indexOf(entries, page.url) !== -1 ? [] : [{ ...page, level }]
  return [
    ...entries.slice(0, at),
    ...missing(previousPage(document, url)),
    ...entries.slice(at, at + 1),
    ...missing(nextPage(document, url)),
    ...entries.slice(at + 1),
  ]
}

function indexOf(entries: OutlineEntry[], url: string): number {
  const address = lessonAddress(url)
  return entries.findIndex((entry) => entry.url !== undefined && lessonAddress(entry.url) === address)
}

function around(entries: OutlineEntry[], at: number): OutlineEntry[] {
  const start = Math.max(0, Math.min(at - longestOutline / 2, entries.length - longestOutline))
  return entries.slice(start, start + longestOutline)
}
