import type { KeyboardEvent, ReactNode } from 'react'
import { useStore } from 'zustand'
import { i18n, numberText } from '../locales/i18n.ts'
import type { LessonStore, MarkedBlock } from './lesson-store.ts'
import type { MarkPlace } from './mark-place.ts'

export type BlockMarkActions = {
  /** Where the mark of a block stands, in pixels from the bar. */
  placeOf(index: number): MarkPlace | undefined
  onFlip(index: number): void
  onMove(to: number | 'first' | 'last'): void
  /** The keyboard reaches the mark, and leaves it. */
  onReach(): void
  onRelease(): void
  /** The pointer leaves it. */
  onLeave(): void
}

const moves: Record<string, number | 'first' | 'last'> = {
  ArrowUp: -1,
  ArrowDown: 1,
  Home: 'first',
  End: 'last',
}

/**
 * The mark in the margin beside a rewritten block, which shows the author's words there and back. One mark for all
 * blocks: by pointer it stands at the block below it; by keyboard it is one stop, and the arrow keys move it.
 */
export function BlockMark({ store, ...actions }: { store: LessonStore } & BlockMarkActions): ReactNode {
  const marked = useStore(store, (state) => state.marked)
  const place = marked && actions.placeOf(marked.index)
  const move = (event: KeyboardEvent) => {
    const to = moves[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    actions.onMove(to)
  }
  return (
    <button
      type="button"
      className={place === undefined ? 'mark unseen' : 'mark'}
      style={place && { left: place.left, top: place.top, inlineSize: place.width }}
      aria-pressed={marked?.flipped ?? false}
      aria-keyshortcuts="ArrowUp ArrowDown"
      aria-label={labelOf(marked)}
      title={i18n.t(marked?.flipped ? 'lesson.show_rewrite' : 'lesson.show_author')}
      onClick={() => marked && actions.onFlip(marked.index)}
      onKeyDown={move}
      // A click focuses as well; then the mark goes with the pointer.
      onFocus={({ target }) => target.matches(':focus-visible') && actions.onReach()}
      onBlur={actions.onRelease}
      onPointerLeave={actions.onLeave}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M3 5.5h9m-3-3 3 3-3 3M13 10.5H4m3-3-3 3 3 3" />
      </svg>
    </button>
  )
}

function labelOf(marked: MarkedBlock | undefined): string {
  if (marked === undefined) return i18n.t('lesson.show_author')
  const { number, total, words } = marked
  return i18n.t('lesson.author_words', { number: numberText(number), total: numberText(total), words })
}
