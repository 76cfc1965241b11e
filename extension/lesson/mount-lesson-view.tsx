import { createRef, type Ref } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import type { ExtractedLesson } from '../extraction/extracted-lesson.ts'
import type { LessonSettings } from '../messaging/messages.ts'
import { BlockFollower } from './block-follower.ts'
import type { FirstBar } from './first-bar.ts'
import type { MenuOpener } from './lesson-menu.tsx'
import type { LessonServices } from './lesson-services.ts'
import { LessonSession } from './lesson-session.ts'
import type { Tab } from './lesson-store.ts'
import { markPlace } from './mark-place.ts'
import { TabBar, type TabBarProps } from './tab-bar.tsx'

export type LessonViewOptions = {
  /** The live element that holds the lesson. */
  root: Element
  /** The bar above a lesson, in which the tabs are shown. */
  barAbove(root: Element): FirstBar
  /** Reads the lesson, at the first look at Personalized; no text of it leaves the page before. */
  extract(): ExtractedLesson
  services: LessonServices
  /** Ends the view, as `destroy` does. */
  signal: AbortSignal
  /** The tab that was selected when a page that rendered itself again took the view away; else as the site is set. */
  selected?: Tab | undefined
}

export type LessonView = {
  readonly selected: Tab
  /** Whether the page left the view where it stands. */
  readonly isIntact: boolean
  /** The learner's preferences changed: the next look at Personalized asks anew. */
  invalidate(): void
  /** What is set for the lesson or its site may have changed. */
  applySettings(settings: LessonSettings): void
  /** Shows the other tab. */
  flipTab(): void
  /** Shows the block under focus or pointer in its other words. */
  flipBlock(): void
  /** Takes everything out; the page is as it was. */
  destroy(): void
}

/** Shows the tabs Original and Personalized above a lesson. */
export function mountLessonView({
  root,
  barAbove,
  extract,
  services,
  signal,
  selected,
}: LessonViewOptions): LessonView {
  const session = new LessonSession(root, extract, services)
  const ended = new AbortController()
  const first = barAbove(root)
  const { bar, shadow } = first
  const container = shadow.appendChild(root.ownerDocument.createElement('div'))
  const react = createRoot(container)
  const follower = new BlockFollower(session, bar, ended.signal)
  // At once: the first bar gives way to it in the same frame.
  const menu = createRef<MenuOpener>()
  flushSync(() => react.render(<TabBar {...barProps(session, follower, services, bar, menu)} />))
  const pressed = first.giveWay(container)
  keepAligned(first, session, follower, ended.signal)
  const destroy = () => {
    if (ended.signal.aborted) return
    ended.abort()
    session.close()
    react.unmount()
    first.remove()
  }
  signal.addEventListener('abort', destroy, { once: true, signal: ended.signal })
  if (pressed === 'menu') menu.current?.open()
  else if (pressed !== undefined) session.select(pressed)
  void session.start(selected)
  return {
    get selected() {
      return session.store.getState().tab
    },
    get isIntact() {
      return bar.isConnected && session.isIntact
    },
    invalidate: () => session.invalidate(),
    applySettings: (settings) => session.applySettings(settings),
    flipTab: () => session.select(session.store.getState().tab === 'original' ? 'personalized' : 'original'),
    flipBlock: () => follower.flip(),
    destroy,
  }
}

function barProps(
  session: LessonSession,
  follower: BlockFollower,
  services: LessonServices,
  bar: Element,
  opener: Ref<MenuOpener>,
): TabBarProps {
  return {
    store: session.store,
    onSelect: (tab) => session.select(tab),
    status: {
      onRetry: () => session.ask(),
      onOpenOnboarding: services.openOnboarding,
      onOpenLedger: services.openLedger,
    },
    menu: {
      opener,
      onChange: (change) => void session.change(change),
      onReport: (report) => void session.report(report),
    },
    mark: {
      placeOf: (index) => {
        const { clone } = session
        const [block, box] = [clone?.elementOf(index), clone?.boxOf(index)]
        if (clone === undefined || block === undefined || box === undefined) return undefined
        return markPlace(bar, clone.shown, block, box)
      },
      onFlip: (index) => follower.flipBlock(index),
      onMove: (to) => follower.moveMark(to),
      onReach: () => follower.reach(),
      onRelease: () => follower.release(),
      onLeave: () => follower.leave(),
    },
  }
}

/** Aligns the bar, and the mark in the margin, with what is shown of the lesson as the window and the tab change. */
function keepAligned(
  { bar, align: alignWith }: FirstBar,
  session: LessonSession,
  follower: BlockFollower,
  signal: AbortSignal,
): void {
  const align = () => {
    alignWith(session.shown)
    follower.markAgain()
  }
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
