import type { NoLessonReason } from './no-lesson-reason.ts'

/** Parts of a page that are about the page, wherever themes put them. */
const ASIDES =
  'nav, aside, footer, form, dialog, [role=navigation], [role=search], [role=banner], [role=contentinfo], [role=complementary]'

/** Elements that hold a passage when they hold none of these themselves; PreTeXt's paragraphs are plain `div`s. */
const PASSAGES = 'p, pre, li, dd, blockquote, td, div'
const SHORTEST_PASSAGE = 25
/** What so many passages say of a page holds for the rest of it. */
const MOST_PASSAGES = 1000

/** Shorter than this and there is nothing to rewrite; about fifty words. */
const LEAST_TEXT = 300

/** A passage in no navigation, and how many characters of it are in no link. */
export type Passage = { element: Element; text: number }

/** The passages below an element in reading order, the first thousand that are not short. */
export function* passagesOf(root: Element): Generator<Passage> {
  const asides = new Set(root.querySelectorAll(ASIDES))
  let long = 0
  for (const element of root.querySelectorAll(PASSAGES)) {
    if (element.querySelector(PASSAGES) !== null || isWithin(element, asides, root)) continue
    const passage = { element, text: plainLength(element) }
    yield passage
    if (passage.text >= SHORTEST_PASSAGE && ++long >= MOST_PASSAGES) return
  }
}

function isWithin(element: Element, holders: ReadonlySet<Element>, root: Element): boolean {
  if (holders.size === 0) return false
  for (let at: Element | null = element; at !== null && at !== root; at = at.parentElement)
    if (holders.has(at)) return true
  return false
}

/** The characters of an element that are in no link; a card is a link around all of its passages. */
function plainLength(element: Element): number {
  return element.closest('a[href]') === null ? lengthOf(element) - linksIn(element) : 0
}

/** The characters of the links below an element, the first two thousand of them. */
function linksIn(element: Element): number {
  const links = [...element.querySelectorAll('a[href]')].slice(0, 2 * MOST_PASSAGES)
  return links.reduce((sum, link) => sum + lengthOf(link), 0)
}

function lengthOf(element: Element): number {
  return element.textContent.trim().length
}

export function isLong({ text }: Passage): boolean {
  return text >= SHORTEST_PASSAGE
}

/** What references of Documenter, Doxygen and ocamldoc hold one of for an entry, which has several passages. */
const ENTRIES = '.docstring, .memitem, pre > [id^=VAL]'

/** Whether most headings are links to other pages, as a blog's list of posts has them; links to edit are beside words. */
function isListing(root: Element): boolean {
  const away = root.querySelectorAll(':is(h1, h2, h3) > a[href]:only-child:not([href*="#"])').length
  return away > 2 && away * 2 > root.querySelectorAll('h1, h2, h3').length
}

/** Why what stands below an element is not a lesson; `undefined` where it may well be one. */
export function whyNoLesson(root: Element): NoLessonReason | undefined {
  const passages = [...passagesOf(root)]
  const text = passages.reduce((sum, passage) => sum + passage.text, 0)
  const long = passages.filter(isLong).length
  if (linksIn(root) > text || isListing(root)) return 'links'
  const signatures = root.querySelectorAll('dt.sig').length * 2 + root.querySelectorAll(ENTRIES).length * 5
  if (signatures > long) return 'reference'
  return text < LEAST_TEXT || long < 2 ? 'short' : undefined
}
