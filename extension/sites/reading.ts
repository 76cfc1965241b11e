/** Parts of a page that are about the page, wherever themes put them. */
export const aside =
  'nav, aside, footer, form, dialog, [role=navigation], [role=search], [role=banner], [role=contentinfo], [role=complementary]'

const LEAVES = 'p, li, dd, blockquote, td'

/** What there is to read below an element: characters of text and of links, and how many passages hold text. */
export type Reading = { text: number; links: number; passages: number }

/** Shorter than this and there is nothing to rewrite; about fifty words. */
const LEAST_TEXT = 300
const SHORTEST_PASSAGE = 25

/** Counts once over the passages; what stands in navigation counts as links alone. */
export function readingOf(root: Element): Reading {
  const reading = { text: 0, links: 0, passages: 0 }
  for (const link of root.querySelectorAll('a[href]')) reading.links += lengthOf(link)
  for (const leaf of root.querySelectorAll(LEAVES)) {
    if (leaf.querySelector(LEAVES) !== null || leaf.closest(aside) !== null) continue
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
export function whyNoLesson({ text, links, passages }: Reading): string | undefined {
  if (links > text) return 'a list of links'
  return text < LEAST_TEXT || passages < 2 ? 'too little text' : undefined
}
