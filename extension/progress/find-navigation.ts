import { lessonAddress } from './lesson-address.ts'
import { mostLinks } from './outline-limits.ts'
import { pageOf } from './page-link.ts'
import { nextPage, previousPage } from './turn-page.ts'

/** A page's navigation says little beside its links; a lesson says much. */
const LEAST_LINK_SHARE = 0.5
/** A listing has more than the page itself and links to turn it. */
const LEAST_OTHERS = 1

/**
 * The element of a page that lists its book: the one that links to the most pages of the site, the page itself among
 * them, and says little else.
 */
export function findNavigation(document: Document, url: string): Element | undefined {
  const listings = new Map<Element, Listing>()
  const here = lessonAddress(url)
  const turns = [previousPage(document, url), nextPage(document, url)].map(
    (page) => page && lessonAddress(page.url),
  )
  for (const link of [...document.querySelectorAll('a[href]')].slice(0, mostLinks)) {
    const page = pageOf(link, url)
    const address = page === undefined ? undefined : lessonAddress(page)
    const length = link.textContent.length
    for (let at = link.parentElement; at !== null && at !== document.body; at = at.parentElement) {
      const listing = listings.get(at) ?? { pages: new Set(), text: 0 }
      if (address !== undefined) listing.pages.add(address)
      listing.text += length
      listings.set(at, listing)
    }
  }
  const books = [...listings].filter(
    ([element, { pages, text }]) =>
      here !== undefined &&
      pages.has(here) &&
      countOthers(pages, [here, ...turns]) >= LEAST_OTHERS &&
      text >= LEAST_LINK_SHARE * lengthOf(element),
  )
  const most = Math.max(0, ...books.map(([, { pages }]) => pages.size))
  // Of elements around the same links the innermost: document order has it last.
  return books.findLast(([, { pages }]) => pages.size === most)?.[0]
}

/** The pages that an element links to, and how much of its text all its links are, in characters. */
type Listing = { pages: Set<string>; text: number }

function countOthers(pages: Set<string>, known: (string | undefined)[]): number {
  return pages.size - known.filter((address) => address !== undefined && pages.has(address)).length
}

function lengthOf(element: Element): number {
  return element.textContent.replace(/\s+/g, ' ').length
}
