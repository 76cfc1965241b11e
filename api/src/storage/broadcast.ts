import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Broadcast as BroadcastPort, BroadcastSubscriber, BroadcastTopic } from '../rewriting/ports.ts'
import { unlessAborted } from '../unless-aborted.ts'
import { type Database, openClient } from './database.ts'
import type { DatabaseAddress, DatabaseConfig } from './database-address.ts'

/** The one channel of all hints: a session listens once, and PostgreSQL reads one queue anyway. */
export const CHANNEL = 'lectern'

export type BroadcastTimes = {
  /** How often it is tried whether a hint of our own comes back. */
  probeMs: number
  /** How long that may take. */
  patienceMs: number
  /** The longest pause before a lost connection is opened again. */
  pauseMs: number
}

const usualTimes: BroadcastTimes = { probeMs: 5_000, patienceMs: 5_000, pauseMs: 2_000 }
const FIRST_PAUSE_MS = 50
const PROBE = 'probe'

/**
 * Hints by NOTIFY, heard by LISTEN on one direct connection that is opened again whenever it is lost. `listening`
 * only while hints of our own come back: a pooler in transaction mode takes a LISTEN and then delivers nothing.
 */
export class Broadcast implements BroadcastPort {
  readonly #database: Database
  readonly #times: BroadcastTimes
  readonly #onFailure: (error: unknown) => void
  readonly #process = randomUUID()
  readonly #subscribers = new Map<string, Set<BroadcastSubscriber>>()
  readonly #closing = new AbortController()
  readonly #direct: DatabaseAddress | undefined
  #ended: Promise<void> = Promise.resolve()
  #listening = false
  #echo: PromiseWithResolvers<void> = Promise.withResolvers()

  /** `onFailure` hears once of each time that the connection is lost or cannot be opened. */
  constructor(
    { direct }: Pick<DatabaseConfig, 'direct'>,
    database: Database,
    onFailure: (error: unknown) => void,
    times: BroadcastTimes = usualTimes,
  ) {
    this.#database = database
    this.#onFailure = onFailure
    this.#times = times
    this.#direct = direct
  }

  /** Begins to listen, where there is a direct connection. */
  start(): void {
    if (this.#direct !== undefined) this.#ended = this.#run(this.#direct)
  }

  get listening(): boolean {
    return this.#listening
  }

  async publish(topic: BroadcastTopic, hint = ''): Promise<void> {
    for (const { onHint } of this.#subscribers.get(topic) ?? []) onHint(hint)
    await this.#notify(topic, hint)
  }

  subscribe(topic: BroadcastTopic, subscriber: BroadcastSubscriber): () => void {
    const its = this.#subscribers.get(topic) ?? new Set()
    this.#subscribers.set(topic, its)
    // One subscriber may have several subscriptions; each ends by itself.
    const own: BroadcastSubscriber = {
      onHint: (hint) => subscriber.onHint(hint),
      onGap: () => subscriber.onGap(),
    }
    its.add(own)
    return () => its.delete(own)
  }

  /** The payload of a hint, for a statement that does more than to give it: `pg_notify(CHANNEL, payload)`. */
  payload(topic: BroadcastTopic | typeof PROBE, hint: string): string {
    return `${this.#process} ${topic} ${hint}`
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#ended
  }

  async #notify(topic: BroadcastTopic | typeof PROBE, hint: string): Promise<void> {
    const { write, orm } = this.#database
    await write(() => orm.execute(sql`select pg_notify(${CHANNEL}, ${this.payload(topic, hint)})`))
  }

  async #run(address: DatabaseAddress): Promise<void> {
    for (let failures = 0; !this.#closing.signal.aborted; failures++) {
      try {
        await this.#listen(address, () => {
          failures = 0
        })
      } catch (error) {
        if (failures === 0 && !this.#closing.signal.aborted) this.#onFailure(error)
      }
      this.#stop()
      const pause = Math.min(this.#times.pauseMs, FIRST_PAUSE_MS * 2 ** failures)
      await delay(pause, undefined, { signal: this.#closing.signal }).catch(() => undefined)
    }
  }

  /** Listens until the connection is lost, which it throws, or until the end. */
  async #listen(address: DatabaseAddress, onListening: () => void): Promise<void> {
    const lost = new AbortController()
    const signal = AbortSignal.any([lost.signal, this.#closing.signal])
    const client = openClient(address, {
      max: 1,
      max_lifetime: null,
      onclose: () => lost.abort(new Error('The connection that listens for hints was lost.')),
      onnotify: (_channel, payload) => this.#take(payload),
    })
    try {
      await unlessAborted(client`listen ${client(CHANNEL)}`, signal)
      for (;;) {
        await this.#probe(signal)
        onListening()
        this.#start()
        await unlessAborted(delay(this.#times.probeMs, undefined, { signal }), signal)
      }
    } finally {
      await client.end({ timeout: 0 })
    }
  }

  /** Throws where our own hint does not come back in time. */
  async #probe(signal: AbortSignal): Promise<void> {
    this.#echo = Promise.withResolvers()
    const late = AbortSignal.timeout(this.#times.patienceMs)
    await this.#notify(PROBE, '')
    await unlessAborted(this.#echo.promise, AbortSignal.any([signal, late]))
  }

  #take(payload: string): void {
    const [, sender, topic, hint = ''] = /^(\S+) (\S+) (.*)$/s.exec(payload) ?? []
    if (sender === this.#process) {
      if (topic === PROBE) this.#echo.resolve()
      return
    }
    for (const { onHint } of this.#subscribers.get(topic ?? '') ?? []) onHint(hint)
  }

  #start(): void {
    if (this.#listening) return
    this.#listening = true
    this.#tellGap()
  }

  #stop(): void {
    if (!this.#listening) return
    this.#listening = false
    this.#tellGap()
  }

  #tellGap(): void {
    for (const its of this.#subscribers.values()) for (const { onGap } of its) onGap()
  }
}
