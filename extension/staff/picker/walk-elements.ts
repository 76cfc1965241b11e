/** Where the arrow keys go from an element: to its parent, its first child, and its neighbours. */
const steps: Readonly<Record<string, (element: Element) => Element | null>> = {
  ArrowUp: ({ parentElement, ownerDocument }) =>
    parentElement === ownerDocument.documentElement ? null : parentElement,
  ArrowDown: ({ firstElementChild }) => firstElementChild,
  ArrowLeft: ({ previousElementSibling }) => previousElementSibling,
  ArrowRight: ({ nextElementSibling }) => nextElementSibling,
}

/** The element that an arrow key leads to, or the same where there is none; nothing for another key. */
export function walkFrom(element: Element, key: string): Element | undefined {
  const step = steps[key]
  if (step === undefined) return undefined
  let next = step(element)
  // Nothing is seen of these, so that they would be steps that do nothing.
  while (next?.matches('script, style, template, link, meta, noscript'))
    next = key === 'ArrowLeft' ? next.previousElementSibling : next.nextElementSibling
  return next ?? element
}

/** How an element is named to who picks: its tag with its id or first class. */
export function nameOf(element: Element): string {
  const [name] = element.classList
  const mark = element.id !== '' ? `#${element.id}` : name === undefined ? '' : `.${name}`
  return `${element.localName}${mark}`.slice(0, 60)
}
