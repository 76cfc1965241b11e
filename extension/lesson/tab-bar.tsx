import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { useStore } from 'zustand'
import { LessonStatus, type LessonStatusActions } from './lesson-status.tsx'
import type { LessonStore, Tab } from './lesson-store.ts'

const tabs = [
  { id: 'original', label: 'Original' },
  { id: 'personalized', label: 'Personalized' },
] as const satisfies { id: Tab; label: string }[]

export type TabBarProps = { store: LessonStore; onSelect(tab: Tab): void } & LessonStatusActions

/**
 * The tabs above a lesson. Arrow keys, Home and End move between them; Enter or Space selects: a look at
 * Personalized sends the lesson's text, so moving the focus alone must not (the manual variant of WAI-ARIA's tabs).
 */
export function TabBar({ store, onSelect, ...actions }: TabBarProps): ReactNode {
  const { tab, personalized } = useStore(store)
  return (
    <div className="bar" lang="en">
      <TabList selected={tab} onSelect={onSelect} />
      <p className="status" role="status">
        {tab === 'personalized' && <LessonStatus personalized={personalized} {...actions} />}
      </p>
    </div>
  )
}

function TabList({ selected, onSelect }: { selected: Tab; onSelect(tab: Tab): void }): ReactNode {
  const buttons = useRef(new Map<Tab, HTMLButtonElement>())
  const move = (event: KeyboardEvent, from: number) => {
    const to = destination(event, from)
    if (to === undefined) return
    event.preventDefault()
    // Textbooks bind the arrow keys to their next and previous page.
    event.stopPropagation()
    const { id } = tabs[to] as (typeof tabs)[number]
    buttons.current.get(id)?.focus()
  }
  return (
    <div className="tabs" role="tablist" aria-label="Version of this lesson">
      {tabs.map(({ id, label }, index) => (
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
          {label}
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
