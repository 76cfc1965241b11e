/** The least distance to the window's edge (pixels). */
const EDGE = 8

/** Opens a popover below a button, within the window; it scrolls with the page. */
export function openBelow(popover: HTMLElement, button: Element): void {
  popover.showPopover()
  const at = button.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = popover
  const { clientWidth, clientHeight } = popover.ownerDocument.documentElement
  const isRtl = getComputedStyle(button).direction === 'rtl'
  const wanted = isRtl ? at.left : at.right - width
  const left = Math.max(Math.min(wanted, clientWidth - width - EDGE), EDGE)
  const below = at.bottom + 4
  const top = below + height > clientHeight && at.top > height ? at.top - height - 4 : below
  popover.style.left = `${left + window.scrollX}px`
  popover.style.top = `${top + window.scrollY}px`
}
