/**
 * Runs work step by step with the page's own work between, so that no step keeps a learner waiting; whole where
 * that is quick. Ends early when the signal says so.
 */
export function runInSteps(steps: Iterator<void, void>, isQuick: boolean, signal: AbortSignal): void {
  for (;;) {
    if (signal.aborted || steps.next().done) return
    if (!isQuick) break
  }
  setTimeout(() => runInSteps(steps, isQuick, signal))
}
