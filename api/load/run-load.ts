import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import {
  CapReached,
  type KnownLearner,
  LearnerClient,
  type MaySpend,
  type OpenedLesson,
} from './client/learner-client.ts'
import { playVisits, type VisitRecord } from './client/play-visits.ts'
import type { LoadOptions } from './load-options.ts'
import { lookForRemains, type Remains } from './measure/leaks.ts'
import { LiveProgress } from './measure/live-progress.ts'
import { Recorder } from './measure/recorder.ts'
import { type Counts, ProcessSampler, type ProcessSeries } from './measure/sample-processes.ts'
import { comparePhases, type Scaling } from './scaling.ts'
import type { Pair, Plan } from './scenarios/plan.ts'
import type { Stack } from './stack/stack.ts'

/** All that was seen of a run. */
export type Recording = {
  records: VisitRecord[]
  series: ProcessSeries[]
  /** Of this process, in cores. */
  generatorLoad: number
  /** Of the model, over time; absent where nobody counts them. */
  calls?: { at: number; calls: number }[]
  counted?: Counts
  remains?: Remains
  scaling?: Scaling
  complaints: string[]
  /** Seconds from the first visit to the end of the last. */
  seconds: number
  interrupted: boolean
}

export type RunParts = {
  plan: Plan
  options: LoadOptions
  stack: Stack
  /** Ctrl-C: what ran is reported. */
  signal: AbortSignal
  onStep: (text: string) => void
  maySpend?: MaySpend
}

/** Learners that are made, and lessons that are stored, at once, before a run: these must not be what strains the API. */
const PREPARED_AT_ONCE = 4

/** Plays a plan against an API: makes its learners, stores what is to be stored, lets them come, and looks on. */
export async function runLoad(parts: RunParts): Promise<Recording> {
  const { plan, options, stack, signal, onStep, maySpend } = parts
  await using resources = new AsyncDisposableStack()
  const client = resources.adopt(new LearnerClient(stack.urls, options.target?.site), (one) => one.close())
  const learners = plan.learners.map((preferences): KnownLearner => ({ id: randomUUID(), preferences }))
  onStep(`Making ${learners.length} learners`)
  await inTurn(learners, signal, (learner) => client.makeKnown(learner))
  await store(parts, client, learners)
  await stack.own?.setPace(options.pace)

  const sampler = new ProcessSampler(stack.metrics)
  await sampler.sample()
  const before = sampler.series.map(({ samples }) => samples.at(-1))
  const recorder = new Recorder()
  const play = (visits: Plan['visits'], offset: number, onRecord = recorder.record) =>
    playVisits(
      { lessons: plan.lessons, visits },
      { client, learners, signal, onRecord, offset, ...(maySpend && { maySpend }) },
    )
  if (plan.scenario === 'warm') {
    onStep('Warming up')
    await play(
      plan.visits.filter(({ at }) => at < WARM_UP_MS),
      0,
      () => undefined,
    )
  }
  onStep(`Running ${plan.scenario}: ${plan.visits.length} visits in ${Math.ceil(plan.seconds)} s`)
  sampler.restart()
  await sampler.sample()
  const started = performance.now()
  const cpu = process.cpuUsage()
  const looking = lookOn({ ...parts, sampler, recorder, started })
  const scaling =
    plan.scenario === 'warm'
      ? await comparePhases({ plan, counts: options.processes, client, sampler, play, signal })
      : await play(plan.visits, 0).then(() => undefined)
  const { calls } = await looking.end()
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(cpu)
  await sampler.sample()
  const series = sampler.series.map(({ name, samples }) => ({ name, samples: [...samples] }))
  const counted = stack.metrics.length > 0 ? sampler.counted() : undefined
  if (options.target) {
    onStep('Erasing the learners')
    await inTurn(learners, new AbortController().signal, (learner) => client.erase(learner))
  }
  await resources.disposeAsync()
  onStep('Waiting until all is quiet')
  const remains =
    stack.metrics.length > 0 && !signal.aborted ? await lookForRemains(stack.own, sampler, before) : undefined
  return {
    records: recorder.records,
    series,
    generatorLoad: (user + system) / 1e6 / seconds,
    ...(calls && { calls }),
    ...(counted && { counted }),
    ...(remains && { remains }),
    ...(scaling && { scaling }),
    complaints: stack.own?.complaints() ?? [],
    seconds,
    interrupted: signal.aborted,
  }
}

const WARM_UP_MS = 3_000

async function store(
  { plan, stack, signal, onStep, maySpend }: RunParts,
  client: LearnerClient,
  learners: readonly KnownLearner[],
): Promise<void> {
  if (plan.stored.length === 0) return
  onStep(`Storing ${plan.stored.length} lessons of learners who came before`)
  await stack.own?.setPace({})
  await inTurn(plan.stored, signal, async (pair: Pair) => {
    const [learner, lesson] = [learners[pair.learner], plan.lessons[pair.lesson]]
    if (learner === undefined || lesson === undefined) return
    const { ended, failure } = await openOrStop(() => client.open(learner, lesson, signal, maySpend), signal)
    if (ended === 'done') return
    const said = stack.own?.complaints().at(0) ?? ''
    throw new Error(`A lesson could not be stored before the run: ${failure ?? ended}. ${said}`)
  })
}

/** What the cap does not pay for is not stored, and a run that is stopped needs it no more. */
async function openOrStop(
  open: () => Promise<OpenedLesson>,
  signal: AbortSignal,
): Promise<Partial<OpenedLesson>> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof CapReached || signal.aborted) return { ended: 'done' }
    throw error
  }
}

/** Some at once, until all are done or `signal` is aborted. */
async function inTurn<T>(
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items].reverse()
  const worker = async () => {
    for (let item = left.pop(); item !== undefined && !signal.aborted; item = left.pop()) await work(item)
  }
  await Promise.all(Array.from({ length: PREPARED_AT_ONCE }, worker))
}

type Looking = RunParts & { sampler: ProcessSampler; recorder: Recorder; started: number }

/** Samples the processes and tells of the run while it goes on. Of a long run the processes are looked at less often. */
function lookOn({ plan, stack, sampler, recorder, started }: Looking) {
  const ended = new AbortController()
  const progress = new LiveProgress(recorder, plan.seconds)
  const calls: { at: number; calls: number }[] = []
  const sampleEvery = plan.seconds > 120 ? 5 : 1
  const look = async () => {
    const at = performance.now() - started
    const count = await stack.own?.calls().catch(() => undefined)
    if (count !== undefined) calls.push({ at, calls: count })
    progress.tell(at / 1000, count)
  }
  const watch = async () => {
    for (let second = 1; !ended.signal.aborted; second++) {
      await delay(Math.max(started + second * 1000 - performance.now(), 0), undefined, {
        signal: ended.signal,
      }).catch(() => undefined)
      // A run of cached lessons samples by itself, at its phases: looking costs CPU, too.
      if (plan.scenario !== 'warm' && second % sampleEvery === 0 && !ended.signal.aborted)
        await sampler.sample()
      await look()
    }
  }
  const watching = watch()
  return {
    async end(): Promise<{ calls?: { at: number; calls: number }[] }> {
      ended.abort()
      await watching
      progress.end()
      return stack.own ? { calls } : {}
    },
  }
}
