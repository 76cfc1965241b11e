import type { CloneTree } from './clone-tree.ts'

/** What a page's scripts may act on when it is clicked, wherever in a lesson it stands. */
const ACTING = 'a[href], button, summary, [role=button], [role=tab], [role=switch], [onclick], [tabindex]'
/** What holds what a learner enters and chooses: in the clone it is the clone's own, and works by itself. */
const CONTROLS = 'input, select, textarea, label, [contenteditable]'
/** Elements that answer keys by scripts alone, or more keys than Enter and Space. */
const KEYED = '[role=tab], [role=button], [role=switch]'
const KEYS = /^(?:Enter| |Arrow\w+|Home|End)$/

/**
 * Hands clicks and keys on a clone's elements to the originals, where the page's scripts listen: on what acts, and
 * anywhere in a fixed block. What no script there deals with does in the clone what it does by itself: a link
 * leads, `<details>` opens. Listens on the clone alone, so it ends with it.
 * @param fixed the clone's elements of fixed blocks
 * @param act lets the original act while an event is dispatched in it
 */
export function forwardEvents(
  { root, originalOf }: CloneTree,
  fixed: Iterable<Element>,
  act: (work: () => boolean) => boolean,
): void {
  const blocks = [...fixed]

  function forward(event: MouseEvent | KeyboardEvent, acting: Element | null): void {
    const target = event.target as Element
    if (acting === null || event.defaultPrevented || isOwn(target)) return
    const original = originalOf(acting)
    if (original?.isConnected !== true) return
    event.stopPropagation()
    const at = originalOf(target) ?? original
    if (act(() => dispatchAgain(event, at as Element, acting))) event.preventDefault()
  }

  root.addEventListener(
    'click',
    (event) => {
      const target = event.target as Element
      const block = blocks.some((element) => element.contains(target)) ? target : null
      forward(event as MouseEvent, target.closest(ACTING) ?? block)
    },
    { capture: true },
  )
  root.addEventListener(
    'keydown',
    (event) => {
      const { key, target } = event as KeyboardEvent
      if (KEYS.test(key)) forward(event as KeyboardEvent, (target as Element).closest(KEYED))
    },
    { capture: true },
  )
}

/** Whether an element works by itself in the clone: a control, a button that sends a form, what is not of the page. */
function isOwn(element: Element): boolean {
  const button = element.closest('button')
  return (
    element.closest(`${CONTROLS}, [data-lectern-placeholder]`) !== null ||
    (button !== null && button.type !== 'button' && button.form !== null)
  )
}

/** Dispatches the event on the original; gives whether a script of the page dealt with it. */
function dispatchAgain(event: MouseEvent | KeyboardEvent, original: Element, acting: Element): boolean {
  const { MouseEvent, KeyboardEvent } = original.ownerDocument.defaultView as Window & typeof globalThis
  // Some libraries' tabs answer the press.
  if (event.type === 'click' && acting.matches('[role=tab]'))
    original.dispatchEvent(new MouseEvent('mousedown', event as MouseEvent))
  const again =
    event.type === 'click'
      ? new MouseEvent('click', event as MouseEvent)
      : new KeyboardEvent(event.type, event as KeyboardEvent)
  return dispatchWithoutDefault(again, original)
}

/**
 * Dispatches an event whose default action must not follow: the clone has one of its own. Where a script keeps the
 * event from the window, it has dealt with it.
 */
function dispatchWithoutDefault(event: Event, target: Element): boolean {
  const view = target.ownerDocument.defaultView
  let isDealtWith = true
  const prevent = (heard: Event) => {
    if (heard !== event) return
    isDealtWith = heard.defaultPrevented
    heard.preventDefault()
  }
  view?.addEventListener(event.type, prevent)
  target.dispatchEvent(event)
  view?.removeEventListener(event.type, prevent)
  return isDealtWith
}
