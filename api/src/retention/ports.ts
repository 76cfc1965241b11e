/** What is kept past its time. Each call is one statement over a few rows. */
export type RetentionStore = {
  /** Whether this process may clean up now: nobody has within `hours`, and from here on somebody has. */
  takeTurn(hours: number): Promise<boolean>
  /** Deletes rewrites that nobody has read for so many days; the sections of those, one for each. */
  removeRewrites(days: number, most: number): Promise<string[]>
  /** Deletes what is known of lessons that old of which nothing is stored and that are in nobody's history. */
  removeLessons(days: number, most: number): Promise<number>
  /** Learners of whom nothing was heard for so many days. */
  findIdleLearners(days: number, most: number): Promise<string[]>
  /** Deletes what processes that were killed have left of rewrites in the making. */
  removeAbandoned(): Promise<void>
}
