import { setTimeout as delay } from 'node:timers/promises'
import {
  CapReached,
  type KnownLearner,
  type LearnerClient,
  type MaySpend,
  RefusedCall,
} from './client/learner-client.ts'
import type { Plan } from './scenarios/plan.ts'
import type { Stack } from './stack/stack.ts'

export type Preparing = {
  plan: Plan
  stack: Stack
  client: LearnerClient
  learners: readonly KnownLearner[]
  signal: AbortSignal
  onStep: (text: string) => void
  maySpend?: MaySpend
}

/** At once, before a run: this must not be what strains the API. */
const AT_ONCE = 4
/** What has too much to do just now is asked again. */
const passing: ReadonlySet<string> = new Set(['overloaded', 'database_unavailable', 'too_many_requests'])
const TRIES = 10
const PAUSE_MS = 2_000
const LOG_MS = 500

/** Makes the plan's learners known to the API, and has stored what was read before; the model is not paced meanwhile. */
export async function prepareRun({
  plan,
  stack,
  client,
  learners,
  signal,
  onStep,
  maySpend,
}: Preparing): Promise<void> {
  onStep(`Making ${learners.length} learners`)
  await inTurn(learners, signal, (learner) => client.makeKnown(learner))
  if (plan.stored.length === 0) return
  onStep(`Storing ${plan.stored.length} lessons of learners who came before`)
  await stack.own?.setPace({})
  await inTurn(plan.stored, signal, async (pair) => {
    const [learner, lesson] = [learners[pair.learner], plan.lessons[pair.lesson]]
    if (learner === undefined || lesson === undefined) return
    const { ended, failure } = await client.open(learner, lesson, signal, maySpend)
    if (ended !== 'done') throw new RefusedCall(failure ?? ended)
  }).catch(async (error: unknown) => {
    // What the API has logged comes by another way than its answer.
    await delay(LOG_MS)
    throw new Error(whyNot(error, stack), { cause: error })
  })
}

/** Has the API forget them, whatever stopped the run. */
export async function eraseLearners(client: LearnerClient, learners: readonly KnownLearner[]): Promise<void> {
  await inTurn(learners, new AbortController().signal, (learner) => client.erase(learner))
}

function whyNot(error: unknown, { own }: Stack): string {
  const why = error instanceof Error ? error.message : String(error)
  const said = own?.complaints().findLast((line) => line.startsWith('{"level":50')) ?? ''
  return `What was read before the run could not be stored. ${why} ${said}`
}

/** Some at once, until all are done or `signal` is aborted; what the cap does not pay for is left out. */
async function inTurn<T>(
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items].reverse()
  const worker = async () => {
    for (let item = left.pop(); item !== undefined && !signal.aborted; item = left.pop())
      await patiently(item, signal, work)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

async function patiently<T>(item: T, signal: AbortSignal, work: (item: T) => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++)
    try {
      return await work(item)
    } catch (error) {
      if (error instanceof CapReached || signal.aborted) return
      if (!(error instanceof RefusedCall) || !passing.has(error.code) || tries === TRIES) throw error
      await delay(PAUSE_MS)
    }
}
