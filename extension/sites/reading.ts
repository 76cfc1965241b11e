/** Parts of a page that are about the page, wherever themes put them. */
export const aside =
  'nav, aside, footer, form, dialog, [role=navigation], [role=search], [role=banner], [role=contentinfo], [role=complementary]'

/** Elements that hold a passage when they hold none of these themselves; PreTeXt's paragraphs are plain `div`s. */
export const passages = 'p, pre, li, dd, blockquote, td, div'

/**
 * What there is to read below an element: characters of text and of links, how many passages hold text, and how
 * many entries of a reference.
 */
export type Reading = { text: number; links: number; passages: number; entries: number }

/** Shorter than this and there is nothing to rewrite; about fifty words. */
const LEAST_TEXT = 300
const SHORTEST_PASSAGE = 25

/** Counts once over the passages; what stands in navigation counts as links alone. */
export function readingOf(root: Element): Reading {
  const reading = { text: 0, links: 0, passages: 0, entries: root.querySelectorAll('dt.sig').length }
  for (const link of root.querySelectorAll('a[href]')) reading.links += lengthOf(link)
  for (const leaf of root.querySelectorAll(passages)) {
    if (leaf.querySelector(passages) !== null || leaf.closest(aside) !== null) continue
    const text = plainLength(leaf)
    reading.text += text
    if (text >= SHORTEST_PASSAGE) reading.passages++
  }
  return reading
}

/** The characters of an element that are in no link. */
export function plainLength(element: Element): number {
  let length = lengthOf(element)
  for (const link of element.querySelectorAll('a[href]')) length -= lengthOf(link)
  return length
}

function lengthOf(element: Element): number {
  return element.textContent.trim().length
}

/** Why a text is not a lesson's; `undefined` where it may well be one. */
export function whyNoLesson({ text, links, passages, entries }: Reading): string | undefined {
  if (links > text) return 'a list of links'
  if (entries * 2 > passages) return 'a reference'
  return text < LEAST_TEXT || passages < 2 ? 'too little text' : undefined
}
