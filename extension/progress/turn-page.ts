import { oneLine, pageOf, wordsOf } from './page-link.ts'

type Page = { title: string; url: string }

type Turn = 'next' | 'prev'

/** How a link says that it turns the page, beside or in place of the page's title. */
const TURN =
  /^[\s:→←»«›‹-]*(?:[Pp]revious|[Pp]rev|[Nn]ext)?(?: (?:page|chapter|lesson|section|topic|article|up))?(?=$|[^\p{Ll} -]| \P{Ll})[\s:→←»«›‹-]*|[\s→←»«›‹]+$/gu

/** The page that this one calls the next. */
export function nextPage(document: Document, url: string): Page | undefined {
  return turn(document, url, 'next')
}

/** The page that this one calls the one before. */
export function previousPage(document: Document, url: string): Page | undefined {
  return turn(document, url, 'prev')
}

/** By the mark that HTML has for it, or else by the names that themes give: a bar may have both in one name. */
function turn(document: Document, url: string, to: Turn): Page | undefined {
  const here = url.replace(/#.*/, '')
  const marked = document.querySelectorAll(`a[rel~=${to}], link[rel~=${to}]`)
  const named = document.querySelectorAll(
    `a[class*=${to} i], [class*=${to} i]:not([class*=${to === 'next' ? 'prev' : 'next'} i]) > a, a[aria-label*=${to} i], a[id*=${to} i]`,
  )
  for (const link of [...marked, ...named]) {
    const page = pageOf(link, url)
    if (page !== undefined && page !== here) return { title: titleOf(link, page), url: page }
  }
  return undefined
}

/** What the link says of the page beside that it is the next; at the least, the last part of its address. */
function titleOf(link: Element, page: string): string {
  const title = (wordsOf(link) || oneLine(link.getAttribute('title') ?? '')).replace(TURN, '')
  if (title !== '') return title
  const last = new URL(page).pathname.replace(/\/$/, '').split('/').at(-1) ?? ''
  return decodeWords(last.replace(/\.\w+$/, '')) || page
}

function decodeWords(part: string): string {
  try {
    return decodeURIComponent(part).replace(/[-_]+/g, ' ')
  } catch {
    return part
  }
}
