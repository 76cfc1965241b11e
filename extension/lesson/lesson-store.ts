import type { Failure, Provenance, Receipt } from '@lectern/shared'
import { createStore, type StoreApi } from 'zustand/vanilla'

export type Tab = 'original' | 'personalized'

/** How far the lesson's rewrite is; `total` is 0 until the plan says it. */
export type Personalized =
  | { status: 'idle' }
  | { status: 'streaming'; done: number; total: number }
  | { status: 'ready'; receipt: Receipt; provenance: Provenance }
  | { status: 'failed'; failure: Failure }
  | { status: 'onboarding' }

export type LessonState = { tab: Tab; personalized: Personalized }

export type LessonStore = StoreApi<LessonState>

/** The state of one lesson, as the tab bar shows it. */
export function createLessonStore(): LessonStore {
  return createStore<LessonState>(() => ({ tab: 'original', personalized: { status: 'idle' } }))
}
