import type { AdditionKind } from '@lectern/shared'
import type { PlaceholderKind } from './placeholder.ts'

/** What a clone says itself, in the language of the browser's interface. */
export type LessonWords = {
  /** Of these words, as a BCP 47 tag. */
  language: string
  /** The word that an addition begins with. */
  additions: Record<AdditionKind, string>
  /** Names an addition, from its word, as not the author's. */
  notTheAuthors(addition: string): string
  showAnswer: string
  /** Stands above folded blocks that were opened. */
  known: string
  /** How many blocks a fold's line stands for beside the one whose sentence it shows. */
  andMore(count: number): string
  /** What stands for each thing that only Original shows. */
  placeholders: Record<PlaceholderKind, string>
}
