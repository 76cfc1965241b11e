import type { Failure, Provenance, Receipt } from '@lectern/shared'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { LessonVersion } from './lesson-services.ts'

export type Tab = 'original' | 'personalized'

/** How far the lesson's rewrite is; `total` is 0 until the plan says it. */
export type Personalized =
  | { status: 'idle' }
  | { status: 'streaming'; done: number; total: number }
  | { status: 'ready'; receipt: Receipt; provenance: Provenance }
  | { status: 'failed'; failure: Failure }
  | { status: 'onboarding' }

/** The rewritten block that the mark in the margin stands beside; `number` of `total` counts the rewritten ones. */
export type MarkedBlock = { index: number; number: number; total: number; flipped: boolean; words: string }

export type LessonState = {
  tab: Tab
  personalized: Personalized
  /** Which rewrite is wanted of this lesson. */
  version: LessonVersion
  /** Whether lessons of this site start with Personalized. */
  startsPersonalized: boolean
  /** What the menu does not offer here, by the school's wish or the site's. */
  withheld: { reports: boolean; versions: boolean; start: boolean }
  marked: MarkedBlock | undefined
  /** The prose block that the learner clicked or flipped last, with its first words: what a report can be about. */
  chosen: { index: number; words: string } | undefined
  /** What is said to screen readers, and of a report to all. */
  said: { text: string; seen: boolean }
}

export type LessonStore = StoreApi<LessonState>

/** The state of one lesson, as the tab bar shows it. */
export function createLessonStore(): LessonStore {
  return createStore<LessonState>(() => ({
    tab: 'original',
    personalized: { status: 'idle' },
    version: { adjustment: 0, variant: 0 },
    startsPersonalized: false,
    withheld: { reports: false, versions: false, start: false },
    marked: undefined,
    chosen: undefined,
    said: { text: '', seen: false },
  }))
}
