import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SiteRules } from '../../messaging/messages.ts'
import type { PageSummary } from '../page-summary.ts'
import { readPage } from '../read-page.ts'
import { applyPick, type PickMode } from './apply-pick.ts'
import { queryAll } from './outline-boxes.ts'
import { proposeRecurring, proposeSelector } from './propose-selector.ts'
import { walkFrom } from './walk-elements.ts'

export type PickerState = {
  mode: PickMode
  rules: SiteRules
  /** What the rules take of the page. */
  page: PageSummary
  /** What a click or Enter would choose. */
  aimed: Element | undefined
}

export type PickerOptions = {
  document: Document
  /** Where the picker's own controls are: what happens there is theirs. */
  host: Element
  rules: SiteRules
  onPick: (rules: SiteRules, page: PageSummary) => void
  /** Without rules: nothing is to change. */
  onEnd: (rules?: SiteRules) => void
  signal: AbortSignal
}

export type Picker = {
  store: StoreApi<PickerState>
  setMode(mode: PickMode): void
  /** Takes what is aimed at. */
  take(): void
  drop(mode: PickMode, selector: string): void
  done(): void
  cancel(): void
}

/** What a mouse does to a page beside the click itself, which is the picker's. */
const swallowed = ['mousedown', 'mouseup', 'pointerdown', 'pointerup', 'dblclick', 'auxclick'] as const

/**
 * Lets a person choose elements of a page by pointer and by keys. The page's own handlers see none of the clicks;
 * nothing of the page is changed.
 */
export function startPicker({ document, host, rules, onPick, onEnd, signal }: PickerOptions): Picker {
  const read = (next: SiteRules) => readPage(document, document.location.href, next)
  const store = createStore<PickerState>(() => ({
    mode: 'lesson',
    rules,
    page: read(rules),
    aimed: document.querySelector('main, article, [role=main]') ?? document.body,
  }))
  const setMode = (mode: PickMode) => store.setState({ mode })
  const aim = (aimed: Element) => {
    if (store.getState().aimed !== aimed) store.setState({ aimed })
  }

  function change(next: SiteRules): void {
    const page = read(next)
    store.setState({ rules: next, page })
    onPick(next, page)
  }

  function take(): void {
    const { aimed, mode, rules: before } = store.getState()
    const selector = aimed && selectorOf(aimed, mode, before)
    if (selector === undefined) return
    change(applyPick(before, mode, selector))
    // The lesson is chosen once; what is left out of it comes next.
    if (mode === 'lesson' && store.getState().rules.lesson !== undefined) setMode('ignore')
  }

  function selectorOf(element: Element, mode: PickMode, { lesson }: SiteRules): string | undefined {
    if (mode === 'lesson') return proposeSelector(element)
    const root = lesson === undefined ? undefined : queryAll(document, lesson)[0]
    return proposeRecurring(element, root ?? document.body)
  }

  const isOwn = (event: Event) => event.target === host
  const listen = <K extends keyof WindowEventMap>(type: K, handle: (event: WindowEventMap[K]) => void) =>
    document.defaultView?.addEventListener(type, handle, { capture: true, signal })
  const stop = (event: Event) => {
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  listen('pointermove', (event) => {
    const target = event.composedPath()[0]
    if (event.isTrusted && !isOwn(event) && target instanceof Element) aim(target)
  })
  for (const type of swallowed) listen(type, (event) => void (isOwn(event) || stop(event)))
  listen('click', (event) => {
    if (isOwn(event)) return
    stop(event)
    // A page's own script clicks without a person.
    if (!event.isTrusted || !(event.target instanceof Element)) return
    aim(event.target)
    take()
  })
  listen('keydown', (event) => {
    if (!event.isTrusted) return
    if (event.key === 'Escape') {
      stop(event)
      return onEnd()
    }
    const next = walkFrom(store.getState().aimed ?? document.body, event.key)
    if (next !== undefined) {
      stop(event)
      aim(next)
      next.scrollIntoView?.({ block: 'nearest' })
    } else if (event.key === 'Enter' && !isOwn(event)) {
      stop(event)
      take()
    }
  })

  return {
    store,
    setMode,
    take,
    drop: (mode, selector) => change(applyPick(store.getState().rules, mode, selector)),
    done: () => onEnd(store.getState().rules),
    cancel: () => onEnd(),
  }
}
