import { createRoot } from 'react-dom/client'
import type { ExtractedLesson } from '../extraction/extracted-lesson.ts'
import { adoptStyles } from '../rendering/adopt-styles.ts'
import { keepLook } from './bar-look.ts'
import { alignBar, placeBar } from './bar-place.ts'
import { LessonSession } from './lesson-session.ts'
import type { Tab } from './lesson-store.ts'
import type { Personalize } from './lesson-stream.ts'
import { TabBar } from './tab-bar.tsx'
import { tabBarStyles } from './tab-bar-styles.ts'

export type LessonViewOptions = {
  /** The live element that holds the lesson. */
  root: Element
  /** Both called at the first look at Personalized; nothing leaves the page before. */
  extract(): ExtractedLesson
  personalize: Personalize
  openOnboarding(): void
  /** Ends the view, as `destroy` does. */
  signal: AbortSignal
  /** The tab to start with: Original, unless a page that rendered itself again took the view away. */
  selected?: Tab
}

export type LessonView = {
  readonly selected: Tab
  /** Whether the page left the view where it stands. */
  readonly isIntact: boolean
  /** The learner's preferences changed: the next look at Personalized asks anew. */
  invalidate(): void
  /** Takes everything out; the page is as it was. */
  destroy(): void
}

/** Shows the tabs Original and Personalized above a lesson. */
export function mountLessonView(options: LessonViewOptions): LessonView {
  const { root, extract, personalize, openOnboarding, signal, selected = 'original' } = options
  const session = new LessonSession(root, extract, personalize)
  const ended = new AbortController()
  const bar = root.ownerDocument.createElement('div')
  bar.setAttribute('data-lectern-tabs', '')
  const shadow = bar.attachShadow({ mode: 'closed' })
  adoptStyles(shadow, tabBarStyles)
  const container = shadow.appendChild(root.ownerDocument.createElement('div'))
  const react = createRoot(container)
  react.render(
    <TabBar
      store={session.store}
      onSelect={(tab) => session.select(tab)}
      onRetry={() => session.ask()}
      onOpenOnboarding={openOnboarding}
    />,
  )
  placeBar(bar, root)
  keepLook(bar, root, ended.signal)
  keepAligned(bar, session, ended.signal)
  const destroy = () => {
    if (ended.signal.aborted) return
    ended.abort()
    session.close()
    react.unmount()
    bar.remove()
  }
  signal.addEventListener('abort', destroy, { once: true, signal: ended.signal })
  session.select(selected)
  return {
    get selected() {
      return session.store.getState().tab
    },
    get isIntact() {
      return bar.isConnected && session.isIntact
    },
    invalidate: () => session.invalidate(),
    destroy,
  }
}

/** Aligns the bar with what is shown of the lesson, as the window and the tab change. */
function keepAligned(bar: HTMLElement, session: LessonSession, signal: AbortSignal): void {
  const align = () => alignBar(bar, session.shown)
  const observer = new ResizeObserver(align)
  if (bar.parentElement !== null) observer.observe(bar.parentElement)
  const unsubscribe = session.store.subscribe((state, before) => {
    const isOther = state.tab !== before.tab || state.personalized.status !== before.personalized.status
    if (isOther) align()
  })
  signal.addEventListener('abort', () => {
    observer.disconnect()
    unsubscribe()
  })
  align()
}
