import { Readable } from 'node:stream'
import type { StreamEvent } from '@lectern/shared'
import { eventText } from '../answers/event-text.ts'

/** So much waits for its reader at the most; further events are not taken from their source meanwhile. */
const BUFFER_BYTES = 16_384

/**
 * Events as the text of a stream, with a comment whenever nothing was sent for a while. What is there at the same
 * time leaves in one piece. Whoever destroys it ends this reading, not what makes the events.
 */
export class EventReadable extends Readable {
  readonly #events: AsyncGenerator<StreamEvent, void>
  readonly #heartbeat: NodeJS.Timeout
  #flushing: NodeJS.Immediate | undefined
  #text = ''
  #isWanted = false
  #isTaking = false
  #isQuiet = false

  constructor(events: AsyncGenerator<StreamEvent, void>, heartbeatMs: number) {
    super({ highWaterMark: BUFFER_BYTES })
    this.#events = events
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs)
  }

  override _read(): void {
    this.#isWanted = true
    if (!this.#isTaking) void this.#take()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearInterval(this.#heartbeat)
    clearImmediate(this.#flushing)
    void this.#events.return()
    done(error)
  }

  async #take(): Promise<void> {
    this.#isTaking = true
    try {
      while (this.#isWanted) {
        const next = await this.#events.next()
        if (this.destroyed) return
        if (next.done) {
          this.#flush()
          this.push(null)
          return
        }
        this.#text += eventText(next.value)
        if (this.#text.length >= BUFFER_BYTES) this.#flush()
        // After all that is there already, and before anything that has to be waited for.
        else this.#flushing ??= setImmediate(() => this.#flush())
      }
    } catch (error) {
      this.destroy(error as Error)
    } finally {
      this.#isTaking = false
    }
  }

  #flush(): void {
    clearImmediate(this.#flushing)
    this.#flushing = undefined
    if (this.#text === '') return
    const text = this.#text
    this.#text = ''
    this.#send(text)
  }

  #send(text: string): void {
    this.#isQuiet = false
    // `push` may ask for more by itself: what it answers counts only if it has not.
    this.#isWanted = false
    if (this.push(text)) this.#isWanted = true
  }

  #beat(): void {
    // While a reader takes nothing there is something to take already.
    if (this.#isQuiet && this.#isWanted) this.#send(': still at it\n\n')
    this.#isQuiet = true
  }
}
