import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { useStore } from 'zustand'
import { i18n, uiDirection, uiLanguage } from '../locales/i18n.ts'
import { BlockMark, type BlockMarkActions } from './block-mark.tsx'
import { LessonMenu, type LessonMenuActions } from './lesson-menu.tsx'
import { LessonStatus, type LessonStatusActions } from './lesson-status.tsx'
import type { LessonState, LessonStore, Tab } from './lesson-store.ts'

const tabs = ['original', 'personalized'] as const satisfies Tab[]

export type TabBarProps = {
  store: LessonStore
  onSelect(tab: Tab): void
  status: LessonStatusActions
  menu: LessonMenuActions
  mark: BlockMarkActions
}

/**
 * The tabs above a lesson. Arrow keys, Home and End move between them; Enter or Space selects: a look at
 * Personalized sends the lesson's text, so moving the focus alone must not (the manual variant of WAI-ARIA's tabs).
 */
export function TabBar({ store, onSelect, status, menu, mark }: TabBarProps): ReactNode {
  const tab = useStore(store, (state) => state.tab)
  const personalized = useStore(store, (state) => state.personalized)
  const said = useStore(store, (state) => state.said)
  return (
    <div className="bar" lang={uiLanguage()} dir={uiDirection()}>
      <div className="row">
        <TabList selected={tab} onSelect={onSelect} />
        <LessonMenu store={store} {...menu} />
      </div>
      {/* In place before it says something: what comes into the page together with its words goes unheard. */}
      <LessonStatus personalized={tab === 'personalized' ? personalized : { status: 'idle' }} {...status} />
      <p className={said.seen ? 'said' : 'unseen'} role="status">
        {said.text}
      </p>
      {hasMarks(tab, personalized) && <BlockMark store={store} {...mark} />}
    </div>
  )
}

function hasMarks(tab: Tab, personalized: LessonState['personalized']): boolean {
  if (tab === 'original') return false
  const { status } = personalized
  return status === 'ready' || status === 'failed' || (status === 'streaming' && personalized.done > 0)
}

function TabList({ selected, onSelect }: { selected: Tab; onSelect(tab: Tab): void }): ReactNode {
  const buttons = useRef(new Map<Tab, HTMLButtonElement>())
  const move = (event: KeyboardEvent, from: number) => {
    const to = destination(event, from)
    if (to === undefined) return
    event.preventDefault()
    // Textbooks bind the arrow keys to their next and previous page.
    event.stopPropagation()
    buttons.current.get(tabs[to] as Tab)?.focus()
  }
  return (
    <div className="tabs" role="tablist" aria-label={i18n.t('lesson.version')}>
      {tabs.map((id, index) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={id === selected}
          tabIndex={id === selected ? 0 : -1}
          ref={(button) => {
            if (button !== null) buttons.current.set(id, button)
          }}
          onClick={() => onSelect(id)}
          onKeyDown={(event) => move(event, index)}
        >
          {i18n.t(`lesson.${id}`)}
        </button>
      ))}
    </div>
  )
}

function destination({ key, currentTarget }: KeyboardEvent, from: number): number | undefined {
  const isRtl = getComputedStyle(currentTarget).direction === 'rtl'
  const last = tabs.length - 1
  switch (key) {
    case 'Home':
      return 0
    case 'End':
      return last
    case isRtl ? 'ArrowLeft' : 'ArrowRight':
      return from === last ? 0 : from + 1
    case isRtl ? 'ArrowRight' : 'ArrowLeft':
      return from === 0 ? last : from - 1
    default:
      return undefined
  }
}
