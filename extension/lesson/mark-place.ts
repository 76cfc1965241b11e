/** Where the mark stands, from the bar's corner, and how wide it can be (pixels). */
export type MarkPlace = { left: number; top: number; width: number }

/** The least width that can still be aimed at, what is asked of targets (WCAG 2.2, 2.5.8), and the gap to the text. */
const sizes = { least: 14, usual: 24, gap: 8 } as const

/**
 * The place of a block's mark: in the margin where the lesson's lines begin, beside the block's first line, so that
 * it covers neither words nor a list's numbers. In a narrow page it takes what room there is.
 */
export function markPlace(bar: Element, shown: Element, block: Element, box: DOMRect): MarkPlace {
  const origin = bar.getBoundingClientRect()
  const style = getComputedStyle(shown)
  const outer = shown.getBoundingClientRect()
  const isRtl = style.direction === 'rtl'
  const edge = isRtl
    ? outer.right - Number.parseFloat(style.paddingRight)
    : outer.left + Number.parseFloat(style.paddingLeft)
  const room = (isRtl ? document.documentElement.clientWidth - edge : edge) - sizes.gap
  const width = Math.min(Math.max(room, sizes.least), sizes.usual)
  const middle = box.top + Math.min(lineHeight(block), box.height) / 2
  const left = isRtl ? edge + sizes.gap : Math.max(edge - sizes.gap - width, 0)
  return { left: left - origin.left, top: middle - sizes.usual / 2 - origin.top, width }
}

function lineHeight(block: Element): number {
  const { lineHeight: height, fontSize } = getComputedStyle(block)
  const pixels = Number.parseFloat(height)
  return Number.isNaN(pixels) ? Number.parseFloat(fontSize) * 1.2 : pixels
}
