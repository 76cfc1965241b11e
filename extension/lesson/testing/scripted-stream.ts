import type { LessonEvent } from '../../messaging/lesson-protocol.ts'
import type { LessonStream } from '../lesson-stream.ts'

/** A stream whose events a test sends one by one; even those that a connection had under way when it was closed. */
export class ScriptedStream implements LessonStream {
  closed = false
  readonly #events: (LessonEvent | 'end')[] = []
  #wake: (() => void) | undefined

  /** Sends events, or ends the stream as a connection does that breaks off. */
  send(...events: (LessonEvent | 'end')[]): void {
    this.#events.push(...events)
    this.#wake?.()
  }

  close(): void {
    this.closed = true
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<LessonEvent> {
    for (;;) {
      const event = this.#events.shift()
      if (event === 'end') return
      if (event !== undefined) yield event
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
