import type { CloneBlocks } from './clone-blocks.ts'

/** Elements that a block of ours cannot stand in, or would seem to be part of what it explains. */
const closed = new Set(
  'p h1 h2 h3 h4 h5 h6 hgroup dt pre table figure picture summary legend button label a span em strong b i code math svg mjx-container'.split(
    ' ',
  ),
)
/** Elements that hold only their own parts: a list, its items; a row, its cells. */
const partsOnly = new Set(['ul', 'ol', 'dl', 'menu', 'tr', 'tbody', 'thead', 'tfoot'])

/** Frames around one listing, table, figure or formula, in the words that generators use for their classes. */
const FRAME =
  /highlight|code|listing|language-|source|table|scroll|responsive|overflow|figure|image|equation|math/i

/**
 * Where an addition follows a block: the node of the clone after which it stands. In a list's item it stays inside
 * the item; it leaves tables, figures, headings and paragraphs, a quote (it is not the quoted one's), and the frame
 * of a listing.
 * @param block the last node of its run, or a fixed block's element
 */
export function additionPlace(
  block: ChildNode,
  root: Element,
  kind: string,
  blocks: Pick<CloneBlocks, 'isAround'>,
): ChildNode {
  let place = block
  for (let at = block.parentElement; at !== null && at !== root && root.contains(at); at = at.parentElement)
    if (mustLeave(at, place, kind)) place = at
  for (;;) {
    const frame = place.parentElement
    if (frame === null || frame === root || !isFrame(frame) || !blocks.isAround(place, frame)) return place
    place = frame
  }
}

function mustLeave(at: Element, place: ChildNode, kind: string): boolean {
  if (closed.has(at.localName)) return true
  if (at.localName === 'blockquote') return kind === 'quote'
  return partsOnly.has(at.localName) && place.parentElement === at
}

function isFrame(element: Element): boolean {
  return /^(div|figure|section)$/.test(element.localName) && FRAME.test(element.className)
}
