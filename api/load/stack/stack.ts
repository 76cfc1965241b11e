/** What is loaded: an API that was started for the run, or one that runs already. */
export type Stack = {
  /** Addresses of its processes; a load balancer's alone, where there is one. */
  urls: readonly string[]
  /** Where their metrics are; empty where nobody says. */
  metrics: readonly string[]
  /** In words, for the report. */
  description: string
  /** Only where it was started for the run. */
  own?: OwnStack
}

export type OwnStack = {
  /** Sets the model's pace, and its count of calls to none. */
  setPace(pace: Pace): Promise<unknown>
  /** Calls that the model has got since then. */
  calls(): Promise<number>
  /** Leases that a process holds. */
  heldLeases(): Promise<number>
  /** Warnings and errors that the processes have logged. */
  complaints(): string[]
}

/** Of the stand-in for a model; the fastest where nothing is set. */
export type Pace = { ttft_ms?: number; tokens_per_second?: number }
