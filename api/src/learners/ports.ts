import type { LessonProgress, Preferences, PreferencesChange } from '@lectern/shared'

/** What is kept of a learner; `preferences` once onboarding is completed. */
export type Learner = {
  user_id: string
  created_at: Date
  updated_at: Date
  preferences?: Preferences
}

/** Where learners are kept. Ids are UUIDs in any case of letters. Every method is one statement. */
export type LearnerStore = {
  /** The new learner; nothing where there is one of this id already. */
  create(userId: string): Promise<Learner | undefined>
  find(userId: string): Promise<Learner | undefined>
  /** Replaces all preferences; nothing for an unknown learner. */
  savePreferences(userId: string, preferences: Preferences): Promise<Preferences | undefined>
  /** Changes those that are given; nothing where none were saved before. */
  changePreferences(userId: string, change: PreferencesChange): Promise<Preferences | undefined>
}

/** What a learner has read, as far as it can be forgotten. */
export type ClearableHistory = {
  /**
   * Deletes the learner's history and the rewrites that it refers to and no other learner's does (samples stay).
   * Gives how many rows of both were deleted.
   */
  clear(userId: string): Promise<number>
  /** Writes what is still to be written. */
  flush(): Promise<void>
}

/** Where progress is kept. Every method is one statement. */
export type ProgressStore = {
  /** All of a learner's, newest first; nothing for an unknown learner. */
  list(userId: string): Promise<LessonProgress[] | undefined>
  /**
   * Merges these, each of another lesson, into what is kept, and gives them as kept then. `full`: nothing was kept,
   * since there would be more than `most` lessons.
   */
  merge(
    userId: string,
    lessons: readonly LessonProgress[],
    most: number,
  ): Promise<LessonProgress[] | 'full' | 'unknown_learner'>
}

/** All that is stored under a learner's id. Every method is one statement. */
export type LearnerRecords = {
  /** The rows of each table, by its name; nothing for an unknown learner. */
  list(userId: string): Promise<Record<string, Record<string, unknown>[]> | undefined>
  /** Deletes all of it, the learner included; gives how many rows. */
  erase(userId: string): Promise<number>
}
