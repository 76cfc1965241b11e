import { setTimeout as delay } from 'node:timers/promises'
import type { Pair, Part, Plan, Visit } from '../scenarios/plan.ts'
import {
  CapReached,
  type KnownLearner,
  type LearnerClient,
  type MaySpend,
  RefusedCall,
} from './learner-client.ts'
import type { SectionStates } from './read-lesson.ts'

/**
 * How a visit ended: read to its end; left as planned; not paid for, by the cap; or wrong: failed as the API said,
 * broken off, not begun since too many were open, or cut by the end of the run.
 */
export type Ending = 'done' | 'left' | 'capped' | 'failed' | 'broken' | 'dropped' | 'stopped'

/** A visit as it was. Times are in milliseconds; `first` and `whole` from when it was to begin, not when it did. */
export type VisitRecord = Pair & {
  part: Part
  /** From the start of the run. */
  at: number
  /** How much later than planned it began. */
  lag: number
  ended: Ending
  /** Of a failure: its code, or the error's. */
  code?: string
  /** Of arrivals that contradict one another. */
  fault?: string
  first?: number
  whole?: number
  requests: number
  restored: number
  states: SectionStates
}

export type Playing = {
  client: LearnerClient
  learners: readonly KnownLearner[]
  /** When aborted no visit begins, and those under way end as stopped. */
  signal: AbortSignal
  onRecord: (record: VisitRecord) => void
  /** Milliseconds of the run that have passed before this part of it. */
  offset?: number
  maySpend?: MaySpend
}

/** More at once would measure this process, not the API. */
const MOST_OPEN = 5_000
/** After the last visit has begun: longer than any lesson may take. */
const PATIENCE_MS = 180_000

/**
 * Begins each visit at its time, whatever became of those before (an open loop: a slow server is asked no less), and
 * waits until all have ended.
 */
export async function playVisits(plan: Pick<Plan, 'lessons' | 'visits'>, playing: Playing): Promise<void> {
  const { signal, onRecord, offset = 0 } = playing
  const started = performance.now()
  const open = new Set<Promise<void>>()
  const patience = new AbortController()
  const ends = AbortSignal.any([signal, patience.signal])
  for (const visit of plan.visits) {
    const ahead = visit.at - (performance.now() - started)
    if (ahead > 0) await delay(ahead, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) break
    const intended = started + visit.at
    const { part, learner, lesson, at } = visit
    const base = { part, learner, lesson, at: offset + at, lag: performance.now() - intended }
    if (open.size >= MOST_OPEN) {
      onRecord({ ...base, ...nothing(), ended: 'dropped' })
      continue
    }
    const running = makeVisit(plan, visit, { ...playing, signal: ends }, intended).then((outcome) => {
      open.delete(running)
      onRecord({ ...base, ...outcome })
    })
    open.add(running)
  }
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS)
  await Promise.all(open)
  clearTimeout(timer)
}

type Outcome = Omit<VisitRecord, keyof Pair | 'part' | 'at' | 'lag'>

async function makeVisit(
  { lessons }: Pick<Plan, 'lessons'>,
  visit: Visit,
  { client, learners, signal, maySpend }: Playing,
  intended: number,
): Promise<Outcome> {
  const [learner, lesson] = [learners[visit.learner], lessons[visit.lesson]]
  if (learner === undefined || lesson === undefined) throw new Error('A visit of nobody, or to nothing.')
  const leaving = visit.leaves === undefined ? undefined : AbortSignal.timeout(visit.leaves)
  try {
    const ends = leaving ? AbortSignal.any([signal, leaving]) : signal
    const { ended, failure, firstBlockAt, ...read } = await client.open(learner, lesson, ends, maySpend)
    return {
      ...read,
      ended,
      ...(failure !== undefined && { code: failure }),
      ...(firstBlockAt !== undefined && { first: firstBlockAt - intended }),
      ...(ended === 'done' && { whole: performance.now() - intended }),
    }
  } catch (error) {
    return { ...nothing(), ...endingOf(error, signal, leaving) }
  }
}

function endingOf(
  error: unknown,
  signal: AbortSignal,
  leaving: AbortSignal | undefined,
): Pick<Outcome, 'ended' | 'code'> {
  if (signal.aborted) return { ended: 'stopped' }
  if (leaving?.aborted) return { ended: 'left' }
  if (error instanceof CapReached) return { ended: 'capped' }
  if (error instanceof RefusedCall) return { ended: 'failed', code: error.code }
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  return { ended: 'broken', code }
}

function nothing(): Pick<Outcome, 'requests' | 'restored' | 'states'> {
  return { requests: 1, restored: 0, states: { stored: 0, making: 0, missing: 0 } }
}
