/**
 * Merges streams into one, each item as soon as its stream has it. A stream is asked for its next item only after
 * the one before was taken, so a slow reader keeps at most one item of each stream waiting.
 */
export async function* merge<T>(streams: readonly AsyncGenerator<T, void>[]): AsyncGenerator<T, void> {
  type Arrival = { stream: AsyncGenerator<T, void>; next: IteratorResult<T, void> }
  const pull = (stream: AsyncGenerator<T, void>): Promise<Arrival> =>
    stream.next().then((next) => ({ stream, next }))
  const pending = new Map(streams.map((stream) => [stream, pull(stream)]))
  try {
    while (pending.size > 0) {
      const { stream, next } = await Promise.race(pending.values())
      if (next.done) {
        pending.delete(stream)
        continue
      }
      pending.set(stream, pull(stream))
      yield next.value
    }
  } finally {
    // A stream that waits for its next item ends once it has it; nobody needs to wait for that.
    for (const stream of pending.keys()) void stream.return()
  }
}
