/** One block in what is shown now and in what will be shown. */
export type AnchorPair = { shown: Element; next: Element }

/** How many blocks from the top of the viewport on are tried: some are folded in the other tree. */
const CANDIDATES = 50

/**
 * Runs a change that puts one tree in the place of another, and scrolls so that the block at the top of the
 * viewport stays there. Needed for that change only: where a block above the viewport grows, the browsers'
 * scroll anchoring holds the position (measured in Chromium 156 and Firefox 153: 0 px).
 * @param home a position that is meant where the block's is a pixel beside it: anchoring rounds
 * @returns how far the lesson was scrolled before
 */
export function keepingScroll(
  lesson: Element,
  pairs: readonly AnchorPair[],
  change: () => void,
  home?: number,
): number | undefined {
  const scroller = scrollerOf(lesson)
  const before = scroller?.scrollTop
  const anchors = scroller ? anchorsFrom(pairs, topOf(scroller)) : []
  change()
  const anchor = anchors.find(({ next }) => isRendered(next))
  if (scroller === null || anchor === undefined) return before
  const top = scroller.scrollTop + anchor.next.getBoundingClientRect().top - anchor.top
  const isHome = home !== undefined && Math.abs(top - home) <= 1
  scroller.scrollTo({ top: isHome ? home : top, behavior: 'instant' })
  return before
}

/** Runs a change of one element and scrolls so that its top, where that is in sight, stays where it was. */
export function keepingTop(element: Element, change: () => void): void {
  const scroller = scrollerOf(element)
  const before = element.getBoundingClientRect().top
  change()
  if (scroller === null || before < topOf(scroller)) return
  const moved = element.getBoundingClientRect().top - before
  if (Math.abs(moved) >= 1) scroller.scrollBy({ top: moved, behavior: 'instant' })
}

/** Which of a lesson's elements, in reading order, is the first in sight; -1 where none is. */
export function firstInSight(lesson: Element, elements: readonly Element[]): number {
  const scroller = scrollerOf(lesson)
  const top = scroller === null ? 0 : topOf(scroller)
  const height = lesson.ownerDocument.documentElement.clientHeight
  return elements.findIndex((element) => {
    if (!isRendered(element)) return false
    const box = element.getBoundingClientRect()
    return box.bottom > top && box.top < height
  })
}

/** The element that scrolls the lesson: the page, or the nearest box of the page that does. */
function scrollerOf(lesson: Element): Element | null {
  const view = lesson.ownerDocument.defaultView
  for (let at = lesson.parentElement; at !== null; at = at.parentElement) {
    const overflow = view?.getComputedStyle(at).overflowY ?? ''
    const isPage = at === at.ownerDocument.body || at === at.ownerDocument.documentElement
    if (!isPage && /auto|scroll/.test(overflow) && at.scrollHeight > at.clientHeight) return at
  }
  // Undefined where there is no layout, as in jsdom.
  return lesson.ownerDocument.scrollingElement ?? null
}

function topOf(scroller: Element): number {
  const isPage = scroller === scroller.ownerDocument.scrollingElement
  return isPage ? 0 : scroller.getBoundingClientRect().top
}

/** The blocks from the viewport's top on with their places; none where the lesson begins in sight. */
function anchorsFrom(pairs: readonly AnchorPair[], edge: number): { next: Element; top: number }[] {
  const anchors: { next: Element; top: number }[] = []
  let above = false
  for (const { shown, next } of pairs) {
    if (!isRendered(shown)) continue
    const { top, bottom } = shown.getBoundingClientRect()
    above ||= top < edge
    if (above && bottom > edge) anchors.push({ next, top })
    if (anchors.length === CANDIDATES || (!above && top >= edge)) break
  }
  return anchors
}

function isRendered(element: Element): boolean {
  return element.getClientRects().length > 0
}
