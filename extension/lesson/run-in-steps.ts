type StepOptions = {
  /** Whether all of it is done before a page could be kept from its own work. */
  isQuick: boolean
  signal: AbortSignal
  /** Called where a step threw; there are no more then. */
  onError(): void
}

/**
 * Runs work step by step with the page's own work between, so that no step keeps a learner waiting; whole where
 * that is quick. Ends early when the signal says so, or where a step fails: a page may change under the hands of
 * what reads it, or mean to stop it.
 */
export function runInSteps(steps: Iterator<void, void>, options: StepOptions): void {
  const { isQuick, signal, onError } = options
  try {
    for (;;) {
      if (signal.aborted || steps.next().done) return
      if (!isQuick) break
    }
  } catch (error) {
    console.error(error)
    return onError()
  }
  setTimeout(() => runInSteps(steps, options))
}
