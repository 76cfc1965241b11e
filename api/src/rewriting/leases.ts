import type { Failure } from '@lectern/shared'
import type { RewriteKey, StoredRewrite } from './ports.ts'
import type { SectionStep } from './rewrite-section.ts'

/** What is told of a section when it is whole. */
export type MadeSection = Pick<StoredRewrite, 'receipt' | 'model' | 'notice' | 'generated_at'>

/**
 * The right to make the rewrite of a key, which one process has at a time. It is kept up until it is given back by
 * `store`, `end` or `release`; a process that is killed loses it after the lease's time. Once it is lost nothing is
 * written any more, which `store` tells; the others do not reject, and say to `onFailure` what went wrong.
 */
export type Lease = {
  /** What earlier holders had made before they fell silent, in order: readers have seen it. */
  readonly begun: readonly SectionStep[]
  /** Gives the next step after `begun` to those who follow. */
  publish(step: SectionStep): void
  /** Stores the rewrite in place of what stands there; false where the lease was lost. Rejects as a database does. */
  store(rewrite: StoredRewrite): Promise<boolean>
  /** Ends without storing; those who follow hear why, and the next who asks has it made anew. */
  end(end: { made: MadeSection } | { failure: Failure }): Promise<void>
  /** Lets another process go on from here at once. */
  release(): Promise<void>
}

export type Taken =
  | { state: 'leased'; lease: Lease }
  /** Another process has it. */
  | { state: 'held' }
  /** It was stored since it was looked for. */
  | { state: 'stored'; rewrite: StoredRewrite }

/** What came since the last news: steps in order, each once, over all holders of a lease; and how it stands. */
export type MakingNews = { steps: readonly SectionStep[] } & (
  | { state: 'making' }
  /** `isWhole`: whether all steps were given; else what is lacking is in the stored rewrite. */
  | { state: 'made'; made: MadeSection; isWhole: boolean }
  | { state: 'failed'; failure: Failure }
  /** The lease has run out: it may be taken. Told again with every look, until somebody has it. */
  | { state: 'expired' }
  /** There is no lease: the rewrite is stored, or it is not being made. */
  | { state: 'gone' }
)

export type Following = {
  /** Waits for news. Rejects when the signal is aborted. */
  next(signal: AbortSignal): Promise<MakingNews>
  stop(): void
}

/** Who makes which rewrite, over all processes. No statement of it is held while a model streams. */
export type Leases = {
  /** Takes the lease of a key if it is free; `blocks` is how many are asked for. */
  take(key: RewriteKey, blocks: number): Promise<Taken>
  /** Those of these sections that are being made in any process, for one of these profiles. */
  findMaking(
    sections: readonly string[],
    profiles: readonly string[],
    version: string,
  ): Promise<{ key: RewriteKey; blocks: number }[]>
  /** Follows what another process makes, from its first step on. */
  follow(key: RewriteKey): Following
}
