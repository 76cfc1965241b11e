/**
 * Inserts the tab bar above a lesson: right before it, or before the row of columns that the lesson is one of, where
 * a bar would be a column of its own. In a page that is all one grid it spans the columns (see the bar's styles).
 */
export function placeBar(bar: Element, lesson: Element): void {
  const { body } = lesson.ownerDocument
  let below = lesson
  for (let parent = lesson.parentElement; parent !== null && parent !== body; parent = below.parentElement) {
    if (!laysOutColumns(parent)) {
      below.before(bar)
      return
    }
    below = parent
  }
  lesson.before(bar)
}

function laysOutColumns(element: Element): boolean {
  const style = element.ownerDocument.defaultView?.getComputedStyle(element)
  const { display = 'block', flexDirection = 'row' } = style ?? {}
  return display.endsWith('grid') || (display.endsWith('flex') && flexDirection.startsWith('row'))
}

/** Gives the bar the place and width of what the lesson's text has, inside of paddings and limits. */
export function alignBar(bar: HTMLElement, shown: Element): void {
  const parent = bar.parentElement
  if (parent === null || shown.clientWidth === 0) return
  const outer = contentBox(parent)
  const inner = contentBox(shown)
  const isSame = Math.abs(inner.start - outer.start) < 1 && Math.abs(inner.width - outer.width) < 1
  setProperty(bar, '--lectern-indent', isSame ? undefined : `${Math.max(inner.start - outer.start, 0)}px`)
  setProperty(bar, '--lectern-width', isSame ? undefined : `${inner.width}px`)
}

/** Where the content of an element starts, from its side of the page where lines begin, and its width in pixels. */
function contentBox(element: Element): { start: number; width: number } {
  const style = getComputedStyle(element)
  const { left, right } = element.getBoundingClientRect()
  const before = Number.parseFloat(style.borderInlineStartWidth) + Number.parseFloat(style.paddingInlineStart)
  const after = Number.parseFloat(style.borderInlineEndWidth) + Number.parseFloat(style.paddingInlineEnd)
  const edge = style.direction === 'rtl' ? -right : left
  return { start: edge + before, width: right - left - before - after }
}

function setProperty(element: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) element.style.removeProperty(name)
  else if (element.style.getPropertyValue(name) !== value) element.style.setProperty(name, value)
}
