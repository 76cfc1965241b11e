import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type KnownLearner, LearnerClient, type MaySpend } from './client/learner-client.ts'
import { playVisits, type VisitRecord } from './client/play-visits.ts'
import type { LoadOptions } from './load-options.ts'
import { lookForRemains, type Remains } from './measure/leaks.ts'
import { LiveProgress } from './measure/live-progress.ts'
import { Recorder } from './measure/recorder.ts'
import { type Counts, ProcessSampler, type ProcessSeries } from './measure/sample-processes.ts'
import { eraseLearners, prepareRun } from './prepare-run.ts'
import { comparePhases, type Scaling } from './scaling.ts'
import type { Plan } from './scenarios/plan.ts'
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

/** Plays a plan against an API: makes its learners, stores what is to be stored, lets them come, and looks on. */
export async function runLoad(parts: RunParts): Promise<Recording> {
  const { plan, options, stack, signal, onStep, maySpend } = parts
  await using resources = new AsyncDisposableStack()
  const client = resources.adopt(
    new LearnerClient(stack.urls, {
      ...(options.target?.site !== undefined && { site: options.target.site }),
      wordsAreKept: stack.own !== undefined,
    }),
    (one) => one.close(),
  )
  const learners = plan.learners.map((preferences): KnownLearner => ({ id: randomUUID(), preferences }))
  if (options.target) resources.defer(() => eraseLearners(client, learners))
  await prepareRun({ ...parts, client, learners })
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
  const lasts = plan.scenario === 'warm' ? plan.seconds * options.processes.length : plan.seconds
  onStep(`Running ${plan.scenario}: visits begin in the next ${Math.ceil(lasts)} s`)
  sampler.restart()
  await sampler.sample()
  const started = performance.now()
  const cpu = process.cpuUsage()
  const looking = lookOn({ ...parts, sampler, recorder, started, lasts })
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

type Looking = RunParts & { sampler: ProcessSampler; recorder: Recorder; started: number; lasts: number }

/** Samples the processes and tells of the run while it goes on. Of a long run the processes are looked at less often. */
function lookOn({ plan, stack, sampler, recorder, started, lasts }: Looking) {
  const ended = new AbortController()
  const progress = new LiveProgress(recorder, lasts)
  const calls: { at: number; calls: number }[] = []
  const sampleEvery = lasts > 120 ? 5 : 1
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
