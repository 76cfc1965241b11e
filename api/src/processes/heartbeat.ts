/** How the parent and its processes know of each other that they live. */
const ASK = 'lectern:alive?'
const ANSWER = 'lectern:alive'

const ASK_MS = 5_000
/** A process that collects garbage or is swapped out is slow; one that is silent for so long hangs. */
const PATIENCE_MS = 30_000

type Child = {
  send(message: string, callback: (error: Error | null) => void): unknown
  on(event: 'message', listener: (message: unknown) => void): unknown
}

/** Asks a process again and again whether it lives; `onSilent` hears once that it does not. Gives what ends that. */
export function watchHeartbeat(
  child: Child,
  onSilent: () => void,
  { askMs = ASK_MS, patienceMs = PATIENCE_MS } = {},
): () => void {
  let heard = performance.now()
  child.on('message', (message) => {
    if (message === ANSWER) heard = performance.now()
  })
  const timer = setInterval(() => {
    if (performance.now() - heard > patienceMs) {
      clearInterval(timer)
      onSilent()
      // A channel that is closed: its process is ending, which is noticed elsewhere.
    } else child.send(ASK, () => undefined)
  }, askMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** Answers the parent, in a process of several. */
export function answerHeartbeat(): void {
  process.on('message', (message) => {
    if (message === ASK) process.send?.(ANSWER)
  })
}
