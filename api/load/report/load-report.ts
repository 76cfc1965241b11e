import type { Remains } from '../measure/leaks.ts'
import type { MemoryTrend } from '../measure/memory-trend.ts'
import type { Scaling } from '../scaling.ts'
import type { Part, ScenarioName } from '../scenarios/plan.ts'

/** Milliseconds from when a visit was to begin; absent where none came so far. */
export type Times = { p50: number; p90: number; p99: number; max: number }

export type PartFigures = {
  part: Part
  visits: number
  wrong: number
  /** To the first block, and to the end of the lesson. */
  first?: Times
  whole?: Times
}

export type ProcessFigures = {
  name: string
  cpuS: number
  /** Of one core. */
  load: number
  rssMb: number
  heapMb: number
  loopLagP99Ms: number
}

/** What is held against a goal. */
export type Verdict = { name: string; value: number; unit: string; goal: string; isMet: boolean }

/** A stretch of the run, for the plots; `latencies` by step of `latencySteps`. */
export type Moment = {
  /** Seconds from the start, of its beginning. */
  at: number
  begun: number
  wrong: number
  p50?: number
  p99?: number
  latencies: number[]
  stored: number
  shared: number
  made: number
  /** So far. */
  visitsSoFar: number
  callsSoFar?: number
}

/** What a run was, in figures: report.json. */
export type LoadReport = {
  format: 1
  scenario: ScenarioName
  /** What the figures must not be taken for. */
  notes: string[]
  at: string
  options: {
    learners: number
    rate: number
    duration: number
    within: number
    oneProfile: boolean
    spacing: string
    seed: number
    processes: number[]
    model: { ttft_ms: number; tokens_per_second: number }
  }
  machine: { node: string; cpu: string; cores: number; load: number }
  stack: string
  interrupted: boolean
  seconds: number
  visits: number
  requests: number
  parts: PartFigures[]
  failures: { what: string; count: number }[]
  sections: { stored: number; shared: number; made: number; restored: number }
  upstream: {
    /** Rewrites that the visits needed; `certain`: those without what only visits needed that left before their end. */
    generations: number
    certain: number
    learnersPerGeneration: number
    /** By a process from another that fell silent for the time of a lease: each may have cost a second call. */
    takenOver: number
    calls?: number
  }
  tokens?: {
    prompt: number
    completion: number
    saved: number
    money: number
    moneySaved: number
    prices: string
  }
  generator: { lagP99: number; lagMax: number; load: number }
  processes: ProcessFigures[]
  scaling?: Scaling
  remains?: Remains
  memory?: MemoryTrend[]
  /** Requests that processes refused before they looked at them: under pressure, or beyond a rate. */
  turnedAway: number
  complaints: string[]
  verdicts: Verdict[]
  moments: Moment[]
  /** By process: seconds, cores, megabytes. */
  series: { name: string; points: { at: number; load: number; rssMb: number; heapMb: number }[] }[]
}

/** Upper ends of the latency steps, in milliseconds: each about 1.5 times the one before. */
export const latencySteps = [
  5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 7_000,
  10_000, 15_000, 20_000, 30_000, 60_000,
] as const
