import { isLong, passagesOf } from './reading.ts'

/** How much of the page's text one element must hold to be followed on the way down. */
const SHARE = 0.75
/** Passages deeper than this below the body count only for the elements nearest to them. */
const HIGHEST = 60
const CONTENT = 'main, article, [role=main]'

/**
 * The live element that holds the lesson of a page of no known family: from the body down, as long as one child
 * holds most of the text that is in no link and no navigation; then up again to the page's title, where that
 * stands beside the text. `undefined` where nothing holds text.
 */
export function findLesson(document: Document): Element | undefined {
  const weights = weigh(document.body)
  let found: Element = document.body
  for (let next: Element | undefined = found; next !== undefined; next = heaviestChild(found, weights))
    found = next
  return weights.has(found) ? withTitle(found) : undefined
}

function weigh(body: Element): Map<Element, number> {
  const weights = new Map<Element, number>()
  for (const passage of passagesOf(body)) {
    if (!isLong(passage)) continue
    let parent = passage.element.parentElement
    for (let up = 0; up < HIGHEST && parent !== null; up++) {
      weights.set(parent, (weights.get(parent) ?? 0) + passage.text)
      parent = parent.parentElement
    }
  }
  return weights
}

/** A list or a table is a part of a lesson, not the element that holds one. */
function heaviestChild(parent: Element, weights: ReadonlyMap<Element, number>): Element | undefined {
  const least = (weights.get(parent) ?? 0) * SHARE
  return [...parent.children].find(
    (child) =>
      (weights.get(child) ?? 0) > least && !child.matches('ul, ol, li, dl, table, blockquote, details'),
  )
}

function withTitle(found: Element): Element {
  if (found.querySelector('h1') !== null) return found
  const title = found.ownerDocument.title.trim()
  let content: Element | null = found.closest(CONTENT) ?? found.parentElement
  for (; content !== null; content = content.parentElement) {
    const [heading, ...more] = content.querySelectorAll('h1')
    if (more.length > 0) break
    const words = heading?.textContent.trim()
    if (words && (content.matches(CONTENT) || title.startsWith(words))) return content
  }
  return found
}
