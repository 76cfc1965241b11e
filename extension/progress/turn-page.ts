import { mostLinks } from './outline-limits.ts'
import { oneLine, pageOf, wordsOf } from './page-link.ts'

type Page = { title: string; url: string }

/** A word of a name, as "next" is of `pagination--next` and `nextPage`, and not of `nextra-link`. */
const words = {
  next: /(?<![A-Za-z])[Nn]ext(?![a-z])|(?<=[a-z])Next(?![a-z])/,
  prev: /(?<![A-Za-z])[Pp]rev(?:ious)?(?![a-z])|(?<=[a-z])Prev(?:ious)?(?![a-z])/,
}
type Turn = keyof typeof words

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

/** By the mark that HTML has for it, or else by the names that themes give. */
function turn(document: Document, url: string, to: Turn): Page | undefined {
  const here = url.replace(/#.*/, '')
  const marked = document.querySelectorAll(`a[rel~=${to}], link[rel~=${to}]`)
  const links = [...document.querySelectorAll('a[href]')].slice(0, mostLinks)
  const named = links.filter((link) => isNamed(link, to))
  for (const link of [...marked, ...named]) {
    const page = pageOf(link, url)
    if (page !== undefined && page !== here) return { title: titleOf(link, page), url: page }
  }
  return undefined
}

/** The name may be that of the link's own box; a bar of both links, such as PrevNextBar, names neither. */
function isNamed(link: Element, to: Turn): boolean {
  const names = [link, link.parentElement].map((element) => element?.getAttribute('class'))
  const said = [...names, link.id, link.getAttribute('aria-label')]
  const other = to === 'next' ? 'prev' : 'next'
  return said.some((name) => name != null && words[to].test(name) && !words[other].test(name))
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
