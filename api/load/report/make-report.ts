import { availableParallelism, cpus, loadavg } from 'node:os'
import type { VisitRecord } from '../client/play-visits.ts'
import type { LoadOptions } from '../load-options.ts'
import { memoryTrends } from '../measure/memory-trend.ts'
import { percentile } from '../measure/percentile.ts'
import { wentWrong } from '../measure/recorder.ts'
import type { ProcessSeries } from '../measure/sample-processes.ts'
import type { Recording } from '../run-load.ts'
import { countGenerations, type Plan } from '../scenarios/plan.ts'
import { judge } from './judge.ts'
import type { LoadReport, PartFigures, ProcessFigures, Times } from './load-report.ts'
import { momentsOf } from './moments.ts'

const MEGABYTE = 2 ** 20
/** Beyond it, the figures tell of the generator, too. */
const LAG_MS = 50

export type ReportParts = { plan: Plan; options: LoadOptions; stack: string; recording: Recording }

/** The figures of a run. */
export function makeReport({ plan, options, stack, recording }: ReportParts): LoadReport {
  const {
    records,
    series,
    counted,
    calls,
    scaling,
    remains,
    interrupted,
    seconds,
    generatorLoad,
    complaints,
  } = recording
  const memory = plan.scenario === 'soak' ? memoryTrends(series) : undefined
  const generations = countGenerations(plan)
  const lags = records.map(({ lag }) => lag)
  const made = counted?.made ?? sum(records, ({ states }) => states.missing)
  const sections = {
    stored: counted?.stored ?? sum(records, ({ states }) => states.stored),
    shared: counted?.shared ?? sum(records, ({ states }) => states.making),
    made,
    restored: sum(records, ({ restored }) => restored),
  }
  const lastCalls = calls?.at(-1)?.calls
  const report: LoadReport = {
    format: 1,
    scenario: plan.scenario,
    notes: [],
    at: new Date().toISOString(),
    options: {
      learners: options.learners,
      rate: options.rate,
      duration: options.duration,
      within: options.within,
      oneProfile: options.oneProfile,
      spacing: options.spacing,
      seed: options.seed,
      processes: options.processes,
      model: options.pace,
    },
    machine: {
      node: process.version,
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      load: round(loadavg()[0] ?? 0),
    },
    stack,
    interrupted,
    seconds: round(seconds),
    visits: records.length,
    requests: sum(records, ({ requests }) => requests),
    parts: partsOf(records),
    failures: failuresOf(records),
    sections,
    upstream: {
      generations,
      certain: countGenerations(
        plan,
        records.filter(({ ended }) => ended !== 'left'),
      ),
      takenOver: counted?.takenOver ?? 0,
      learnersPerGeneration: generations === 0 ? 0 : round(sectionsAsked(sections) / generations),
      ...(lastCalls !== undefined && { calls: lastCalls }),
    },
    ...tokensOf(recording, options),
    generator: {
      lagP99: round(percentile(lags, 0.99) ?? 0),
      lagMax: round(percentile(lags, 1) ?? 0),
      load: round(generatorLoad),
    },
    processes: series.map(processFigures),
    ...(scaling && { scaling }),
    ...(remains && { remains }),
    ...(memory && { memory }),
    turnedAway: counted?.refused ?? 0,
    complaints: complaints.slice(0, 20),
    verdicts: [],
    moments: momentsOf(recording),
    series: series.map(seriesOf),
  }
  return { ...report, notes: notesOf(report), verdicts: judge(report) }
}

/** Sections that were not stored before: who asks for these shares a generation. */
function sectionsAsked({ shared, made }: LoadReport['sections']): number {
  return shared + made
}

function notesOf({ options, interrupted, generator, stack, scenario }: LoadReport): string[] {
  return [
    ...(options.oneProfile ? ['Best case: all learners are alike, so each rewrite serves all.'] : []),
    ...(interrupted ? ['The run was stopped before its end.'] : []),
    ...(generator.lagP99 > LAG_MS
      ? [
          `The generator itself was late, by ${Math.round(generator.lagP99)} ms at p99: latencies include that.`,
        ]
      : []),
    ...(stack.includes('not installed') ? ['A pooler was asked for, but PgBouncer is not installed.'] : []),
    ...(scenario === 'soak' ? ['Memory for ready answers is set to 8 MB, so that it is full early.'] : []),
  ]
}

function partsOf(records: readonly VisitRecord[]): PartFigures[] {
  return [...Map.groupBy(records, ({ part }) => part)].map(([part, visits]) => {
    const first = timesOf(visits.flatMap((visit) => visit.first ?? []))
    const whole = timesOf(visits.flatMap((visit) => visit.whole ?? []))
    return {
      part,
      visits: visits.length,
      wrong: visits.filter(wentWrong).length,
      ...(first && { first }),
      ...(whole && { whole }),
    }
  })
}

function timesOf(times: readonly number[]): Times | undefined {
  if (times.length === 0) return undefined
  const at = (share: number) => round(percentile(times, share) ?? 0)
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) }
}

function failuresOf(records: readonly VisitRecord[]): LoadReport['failures'] {
  const wrong = records.filter(wentWrong).map(({ ended, code, fault }) => fault ?? code ?? ended)
  return [...Map.groupBy(wrong, (what) => what)].map(([what, all]) => ({ what, count: all.length }))
}

/** Saved is what sections would have cost, at the mean of those made, that were stored or in the making already. */
function tokensOf({ counted, series }: Recording, { prices }: LoadOptions): Pick<LoadReport, 'tokens'> {
  if (counted === undefined) return {}
  const ever = series.map(({ samples }) => samples.at(-1)?.counts)
  const made = ever.reduce((all, one) => all + (one?.calls ?? 0), 0)
  const mean = (kind: 'promptTokens' | 'completionTokens') =>
    made === 0 ? 0 : ever.reduce((all, one) => all + (one?.[kind] ?? 0), 0) / made
  const costOf = (prompt: number, completion: number) =>
    (prompt * prices.prompt + completion * prices.completion) / 1e6
  const without = counted.stored + counted.shared
  return {
    tokens: {
      prompt: counted.promptTokens,
      completion: counted.completionTokens,
      saved: Math.round(without * (mean('promptTokens') + mean('completionTokens'))),
      money: costOf(counted.promptTokens, counted.completionTokens),
      moneySaved: costOf(without * mean('promptTokens'), without * mean('completionTokens')),
      prices: `${prices.prompt} and ${prices.completion} for a million tokens of prompts and of answers`,
    },
  }
}

function processFigures({ name, samples }: ProcessSeries): ProcessFigures {
  const [first, last] = [samples[0], samples.at(-1)]
  const most = (of: (sample: ProcessSeries['samples'][number]) => number) => Math.max(0, ...samples.map(of))
  const cpuS = (last?.cpuS ?? 0) - (first?.cpuS ?? 0)
  const lasted = ((last?.at ?? 0) - (first?.at ?? 0)) / 1000
  return {
    name,
    cpuS: round(cpuS),
    load: lasted > 0 ? round(cpuS / lasted) : 0,
    rssMb: round(most(({ rss }) => rss) / MEGABYTE),
    heapMb: round(most(({ heap }) => heap) / MEGABYTE),
    loopLagP99Ms: round(most(({ loopLagP99Ms }) => loopLagP99Ms)),
  }
}

function seriesOf({ name, samples }: ProcessSeries): LoadReport['series'][number] {
  const points = samples.slice(1).flatMap((sample, i) => {
    const before = samples[i]
    const passed = sample.at - (before?.at ?? 0)
    if (before === undefined || passed <= 0) return []
    return {
      at: round(sample.at / 1000),
      load: round((sample.cpuS - before.cpuS) / (passed / 1000)),
      rssMb: round(sample.rss / MEGABYTE),
      heapMb: round(sample.heap / MEGABYTE),
    }
  })
  return { name, points }
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((all, item) => all + of(item), 0)
}

/** Enough digits for a figure of a run. */
function round(value: number): number {
  return Number(value.toFixed(value >= 100 ? 0 : 2))
}
