import type {
  Failure,
  UsedProfiles,
  Warmup,
  WarmupChange,
  WarmupDetails,
  WarmupLesson,
} from '@lectern/shared'

/** One lesson for one profile, as it waits to be made. */
export type WaitingRewrite = { site: string; profile: string; lesson: WarmupLesson }

/** What came of asking for another lesson: the rewrites that now wait for it, or why it was not taken. */
export type AddedLesson = { rewrites: string[] } | { refused: 'unknown' | 'cancelled' | 'full' }

/** Where warm-ups are kept. Every method is one statement where it does not say more. */
export type WarmupStore = {
  /** Nothing where `most` are open already. */
  create(warmup: Pick<Warmup, 'site' | 'profiles' | 'created_by'>, most: number): Promise<Warmup | undefined>
  /** The latest, the newest first. */
  list(): Promise<Warmup[]>
  find(warmupId: string): Promise<WarmupDetails | undefined>
  /** Sets the state of a warm-up that is not cancelled; says whether there was one. Cancelling deletes its texts. */
  change(warmupId: string, state: WarmupChange['state']): Promise<boolean>
  /** A lesson that is there already stays, and no rewrite of it waits anew. */
  addLesson(warmupId: string, hash: string, lesson: WarmupLesson, most: number): Promise<AddedLesson>
  /** The rewrites that wait, of one warm-up, or of all, that are running. */
  waiting(warmupId?: string): Promise<string[]>
  /** A rewrite, where it still waits and its warm-up is running. */
  take(rewriteId: string): Promise<WaitingRewrite | undefined>
  /** Notes how a rewrite ended; deletes the lesson's text with the last of them. Two statements. */
  end(rewriteId: string, failed?: Failure): Promise<void>
  /** Deletes warm-ups of long ago, and texts that nothing waits for. Two statements. */
  tidy(): Promise<void>
  /** The profiles that most learners who read a site have. */
  usedProfiles(site: string, most: number): Promise<UsedProfiles['profiles']>
}

/** Who lets rewrites be made, one after another and off every request's path. */
export type WarmupQueue = {
  /** Why nothing can be queued, as a sentence; nothing where it can. */
  readonly unavailable: string | undefined
  /** Lets these be made; those that are queued already stay where they are. */
  add(rewriteIds: readonly string[]): Promise<void>
  /** Lets these be made soon, those that were to wait for a budget, too. */
  hasten(rewriteIds: readonly string[]): Promise<void>
}

/** How making a rewrite ended: `again` may do it soon, `later` after so many seconds. */
export type Outcome =
  | { state: 'made' | 'gone' | 'again' }
  | { state: 'failed'; failure: Failure }
  | { state: 'later'; seconds: number }
