import { type Receipt, type StreamEvent, type StreamEventName, streamEvents } from '@lectern/shared'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { Compile } from 'typebox/compile'

/** How many sections of a lesson were stored, in the making for another, or to be made for who asked. */
export type SectionStates = { stored: number; making: number; missing: number }

/** A lesson as it has arrived: what the API said of it, and what of that was wrong. */
export type ReadLesson = {
  ended: 'done' | 'failed' | 'broken'
  states: SectionStates
  /** Milliseconds of performance.now() at which the first block was here. */
  firstBlockAt?: number
  /** The code of the failure. */
  failure?: string
  /** A sentence about arrivals that are not as the plan and the receipt say. */
  fault?: string
  restored: number
}

/** What a rewrite of each block has to hold, by section and block from 0; nothing of a block that has no such words. */
export type Marks = readonly (readonly (string | undefined)[])[]

const checks = Object.fromEntries(
  Object.entries(streamEvents).map(([name, schema]) => [name, Compile(schema)]),
) as unknown as Record<StreamEventName, { Check(value: unknown): boolean }>

/**
 * Reads a lesson's events to their end, as the extension does, and holds them against each other: every event as its
 * schema says, each block of the plan once, each section closed, a receipt that counts them all; and where the words
 * of the model are known, each rewritten block about what the author's is about.
 */
export async function readLesson(body: AsyncIterable<Uint8Array>, marks?: Marks): Promise<ReadLesson> {
  const reading = new Reading(marks)
  const parser = createParser({ onEvent: (message) => reading.take(message) })
  const decoder = new TextDecoder()
  for await (const piece of body) parser.feed(decoder.decode(piece, { stream: true }))
  return reading.end()
}

class Reading {
  readonly #states: SectionStates = { stored: 0, making: 0, missing: 0 }
  /** The blocks of each section that are still to come. */
  #awaited: { blocks: number; seen: Set<number>; closed: boolean }[] = []
  #firstBlockAt: number | undefined
  #receipt: Receipt | undefined
  #failure: string | undefined
  #fault: string | undefined
  readonly #marks: Marks

  constructor(marks: Marks = []) {
    this.#marks = marks
  }

  take({ event = '', data }: EventSourceMessage): void {
    // A later version may say more.
    if (!Object.hasOwn(streamEvents, event)) return
    const parsed = parse(data)
    if (!checks[event as StreamEventName].Check(parsed)) return this.#wrong(`a malformed ${event} event`)
    this.#enter({ event, data: parsed } as StreamEvent)
  }

  end(): ReadLesson {
    const ended = this.#receipt ? 'done' : this.#failure === undefined ? 'broken' : 'failed'
    if (ended === 'done') this.#checkWhole()
    return {
      ended,
      states: this.#states,
      restored: this.#receipt?.restored ?? 0,
      ...(this.#firstBlockAt !== undefined && { firstBlockAt: this.#firstBlockAt }),
      ...(this.#failure !== undefined && { failure: this.#failure }),
      ...(this.#fault !== undefined && { fault: this.#fault }),
    }
  }

  #enter({ event, data }: StreamEvent): void {
    if (event === 'plan') {
      for (const { state } of data.sections) this.#states[state] += 1
      this.#awaited = data.sections.map(({ blocks }) => ({ blocks, seen: new Set(), closed: false }))
    } else if (event === 'block') {
      this.#firstBlockAt ??= performance.now()
      const seen = this.#awaited[data.section - 1]?.seen
      if (seen?.has(data.block) !== false)
        this.#wrong(`block ${data.block} of section ${data.section} came twice`)
      seen?.add(data.block)
      const mark = this.#marks[data.section - 1]?.[data.block - 1]
      if (mark !== undefined && data.inline?.includes(mark) === false)
        this.#wrong(`block ${data.block} of section ${data.section} is about something else`)
    } else if (event === 'section') {
      const section = this.#awaited[data.section - 1]
      if (section?.closed !== false) this.#wrong(`section ${data.section} was closed twice`)
      else section.closed = true
    } else if (event === 'failed') this.#failure ??= data.error
    else if (event === 'done') this.#receipt = data.receipt
  }

  #checkWhole(): void {
    const blocks = this.#awaited.reduce((sum, section) => sum + section.blocks, 0)
    for (const [i, { seen, blocks: count }] of this.#awaited.entries())
      if (seen.size !== count) this.#wrong(`section ${i + 1} has ${seen.size} of ${count} blocks`)
    if (this.#awaited.some(({ closed }) => !closed)) this.#wrong('a section was not closed')
    const { rewritten = 0, kept = 0, folded = 0, restored = 0 } = this.#receipt ?? {}
    if (rewritten + kept + folded + restored !== blocks) this.#wrong('the receipt does not count the blocks')
  }

  #wrong(fault: string): void {
    this.#fault ??= fault
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}
