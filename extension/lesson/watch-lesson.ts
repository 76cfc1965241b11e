import { LookPace } from '../sites/look-pace.ts'
import type { Recognition } from '../sites/recognize.ts'
import { type LessonPrint, likeness, printOf } from './lesson-print.ts'
import type { Tab } from './lesson-store.ts'
import type { LessonView } from './mount-lesson-view.tsx'
import { pageAddress } from './page-address.ts'

type RecognizedLesson = Extract<Recognition, { lesson: true }>

export type LessonWatchOptions = {
  /** Recognizes the page as it is now. */
  recognize: () => Recognition
  /** Shows the tabs of a recognized lesson, with this tab selected where the page took them away. */
  mount: (lesson: RecognizedLesson, selected: Tab | undefined) => LessonView
  signal: AbortSignal
}

/** More mounts than this within `span`, under one address, mean a page that fights for its DOM (milliseconds). */
const FIGHT = { mounts: 5, span: 10_000, rest: 2000 } as const
/** Below this the page shows another lesson. Typesetting changes some passages; it leaves most. */
const SAME_LESSON = 0.5

type Shown = { address: string; print: LessonPrint }
type Mounted = Shown & { root: Element; view: LessonView }

export type LessonWatch = {
  readonly view: LessonView | undefined
  look(): void
}

/**
 * Keeps the tabs on whatever lesson the document shows: mounts them now if it is one, takes them away and looks anew
 * when the page renders its lesson again, shows another one in its place, or goes on to another address without a
 * new document. Gives the view that is mounted, and a way to look at once where what is recognized has changed.
 */
export function watchLesson(options: LessonWatchOptions): LessonWatch {
  const watch = new PageWatch(options)
  watch.start()
  return {
    get view() {
      return watch.view
    },
    look: () => watch.look(),
  }
}

class PageWatch implements LessonWatch {
  readonly #options: LessonWatchOptions
  readonly #observer = new MutationObserver((changes) => this.#notice(changes))
  readonly #pace = new LookPace()
  #mounts: { address: string; times: number[] } = { address: '', times: [] }
  #mounted: Mounted | undefined
  #previous: (Shown & { selected: Tab }) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: LessonWatchOptions) {
    this.#options = options
  }

  get view(): LessonView | undefined {
    return this.#mounted?.view
  }

  start(): void {
    const { signal } = this.#options
    if (signal.aborted) return
    this.#observer.observe(document, { childList: true, characterData: true, subtree: true })
    const soon = () => this.#lookSoon()
    window.addEventListener('popstate', soon, { signal })
    window.addEventListener('hashchange', soon, { signal })
    // Not in every browser that the extension supports; any change of the page after it is noticed as well.
    window.navigation?.addEventListener('currententrychange', soon, { signal })
    signal.addEventListener('abort', () => this.#stop(), { once: true })
    this.look()
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#observer.disconnect()
    this.#unmount()
  }

  #notice(changes: MutationRecord[]): void {
    const mounted = this.#mounted
    const isInLesson = mounted === undefined || changes.some(({ target }) => mounted.root.contains(target))
    if (mounted !== undefined && this.#isGone(mounted, isInLesson)) {
      this.#unmount()
      // At once: the page must not stand without its lesson's tabs, nor with the lesson before it.
      if (this.#isFight()) this.#lookSoon()
      else this.look()
    } else if (isInLesson) this.#lookSoon()
  }

  #isGone(mounted: Mounted, isInLesson: boolean): boolean {
    if (!isWhole(mounted)) return true
    return isInLesson && mounted.address !== pageAddress() && !this.#pace.look(() => isShowing(mounted))
  }

  #lookSoon(): void {
    this.#timer ??= setTimeout(() => this.look(), this.#isFight() ? FIGHT.rest : this.#pace.delay)
  }

  #isFight(): boolean {
    return this.#recentMounts(pageAddress()).length >= FIGHT.mounts
  }

  #recentMounts(at: string): number[] {
    const since = Date.now() - FIGHT.span
    return this.#mounts.address === at ? this.#mounts.times.filter((time) => time > since) : []
  }

  /** Looks now: are the tabs on what is the lesson? */
  look(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#options.signal.aborted) return
    const mounted = this.#mounted
    if (mounted !== undefined && this.#pace.look(() => isShowing(mounted))) return
    this.#unmount()
    const found = this.#pace.look(this.#options.recognize)
    if (found.lesson) this.#mount(found)
    else if (this.#previous?.address !== pageAddress()) this.#previous = undefined
    // What this changed itself is no news.
    this.#observer.takeRecords()
  }

  #mount(found: RecognizedLesson): void {
    const shown = { address: pageAddress(), print: printOf(found.root) }
    const view = this.#options.mount(found, this.#tabFor(shown))
    const times = [...this.#recentMounts(shown.address), Date.now()]
    this.#mounts = { address: shown.address, times }
    this.#mounted = { ...shown, root: found.root, view }
  }

  /** The tab that was selected, if this is the lesson that it was selected for: another one is not sent unasked. */
  #tabFor({ address, print }: Shown): Tab | undefined {
    const previous = this.#previous
    const isSame = previous?.address === address && likeness(previous.print, print) >= SAME_LESSON
    return isSame ? previous.selected : undefined
  }

  #unmount(): void {
    if (this.#mounted === undefined) return
    const { address, print, view } = this.#mounted
    this.#previous = { address, print, selected: view.selected }
    this.#mounted = undefined
    view.destroy()
    this.#observer.takeRecords()
  }
}

function isWhole({ root, view }: Mounted): boolean {
  return root.isConnected && view.isIntact
}

/** Under another path any change means another lesson: two versions of one page share most passages. */
function isShowing(mounted: Mounted): boolean {
  if (!isWhole(mounted)) return false
  const like = likeness(mounted.print, printOf(mounted.root))
  return pathOf(mounted.address) === pathOf(pageAddress()) ? like >= SAME_LESSON : like === 1
}

/** An address without its query, in which pages note which of their tabs is open. */
function pathOf(address: string): string {
  return address.replace(/\?[^#]*/, '')
}
