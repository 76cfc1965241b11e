import { parseArgs } from 'node:util'
import { type ScenarioName, scenarioNames } from './scenarios/plan.ts'
import type { PlanOptions } from './scenarios/plan-scenario.ts'
import type { Pace } from './stack/stack.ts'

export type LoadOptions = Omit<PlanOptions, 'scenario'> & {
  scenario: ScenarioName
  /** How many processes of the API; several numbers are compared, in `warm`. */
  processes: number[]
  pooler: boolean
  pace: Required<Pace>
  /** A running API in place of an own one. */
  target?: { url: string; metrics: string[]; site?: string; maxTokens?: number }
  /** Folder of the reports. */
  out: string
  /** An earlier report's JSON. */
  compare?: string
  /** Folder into which the run is written for k6, in place of being made. */
  k6?: string
  /** What a million tokens of prompts and of answers cost. */
  prices: { prompt: number; completion: number }
}

/** A wrong option: what it is and what to do, in a sentence. */
export class OptionError extends Error {}

type Usual = Pick<LoadOptions, 'learners' | 'rate' | 'duration' | 'within'>

const usual: Record<ScenarioName, Usual> = {
  warm: { learners: 50, rate: 300, duration: 20, within: 0 },
  class: { learners: 100, rate: 20, duration: 10, within: 5 },
  book: { learners: 200, rate: 10, duration: 60, within: 0 },
  edit: { learners: 50, rate: 10, duration: 30, within: 0 },
  soak: { learners: 300, rate: 5, duration: 600, within: 0 },
  spike: { learners: 300, rate: 5, duration: 60, within: 0 },
}

export const help = `pnpm load SCENARIO [options]

  warm   all is stored: what a cached lesson costs          class  learners open one new lesson within seconds
  book   a class reads in a book, most of it stored         edit   the author changes a paragraph halfway
  soak   ten minutes: does anything grow or stay behind?    spike  ten times the rate for a fifth of the time

  --learners N        who they are is drawn from scenarios/population.ts
  --one-profile       they are all alike: the best case
  --rate N            visits a second (warm: for each process; class: of stored lessons beside)
  --duration S        seconds in which visits begin;  --within S: before these, in which a class opens its lesson
  --even              by the clock in place of a Poisson process
  --processes N       of the API, 1 by default;  warm compares several: --processes 1,2
  --pooler            PgBouncer in front of PostgreSQL
  --ttft MS, --tokens-per-second N    the stand-in model's pace: 300 and 50
  --seed N            another run of the same kind
  --out FOLDER        of report.html and report.json: .lectern/load by default
  --compare FILE      an earlier report.json
  --prices P,C        of a million tokens of prompts and of answers: 0.40,1.60 by default
  --k6 FOLDER         write the class or the book for k6, and start nothing

  --target URL        a running API, with --max-tokens N: the most that may be spent there
  --metrics URL,...   its /metrics;  --site ID --lessons-at URL: a site that its whitelist has
`

const options = {
  learners: { type: 'string' },
  'one-profile': { type: 'boolean' },
  rate: { type: 'string' },
  duration: { type: 'string' },
  within: { type: 'string' },
  even: { type: 'boolean' },
  processes: { type: 'string' },
  pooler: { type: 'boolean' },
  ttft: { type: 'string' },
  'tokens-per-second': { type: 'string' },
  seed: { type: 'string' },
  out: { type: 'string' },
  compare: { type: 'string' },
  prices: { type: 'string' },
  k6: { type: 'string' },
  target: { type: 'string' },
  'max-tokens': { type: 'string' },
  metrics: { type: 'string' },
  site: { type: 'string' },
  'lessons-at': { type: 'string' },
} as const

type Given = ReturnType<typeof parse>['values']

/** Reads the command's arguments. Throws OptionError. */
export function readLoadOptions(args: readonly string[]): LoadOptions {
  const { values, positionals } = parse(args)
  const scenario = scenarioNames.find((name) => name === positionals[0])
  if (scenario === undefined || positionals.length > 1)
    throw new OptionError(`Name one scenario: ${scenarioNames.join(', ')}.`)
  const defaults = usual[scenario]
  const number = (name: keyof Given, fallback: number, least = 0): number =>
    readNumber(values, name, fallback, least)
  const chosen = {
    rate: number('rate', defaults.rate, 0.01),
    duration: number('duration', defaults.duration),
  }
  return {
    scenario,
    learners: Math.round(number('learners', defaults.learners, 1)),
    ...chosen,
    within: number('within', defaults.within),
    oneProfile: values['one-profile'] ?? false,
    spacing: values.even ? 'even' : 'poisson',
    seed: number('seed', 1),
    lessonsAt: values['lessons-at'] ?? 'https://load.example/book',
    processes: readProcesses(values.processes, scenario),
    pooler: values.pooler ?? false,
    pace: { ttft_ms: number('ttft', 300), tokens_per_second: number('tokens-per-second', 50, 1) },
    ...readTarget(values),
    out: values.out ?? '.lectern/load',
    ...(values.compare !== undefined && { compare: values.compare }),
    ...(values.k6 !== undefined && { k6: readK6(values.k6, scenario) }),
    prices: readPrices(values.prices),
  }
}

function parse(args: readonly string[]) {
  try {
    // pnpm hands a `--` of its own on.
    return parseArgs({ args: args.filter((arg) => arg !== '--'), options, allowPositionals: true })
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

function readNumber(values: Given, name: keyof Given, fallback: number, least: number): number {
  const text = values[name]
  if (text === undefined) return fallback
  const value = Number(text)
  if (Number.isFinite(value) && value >= least) return value
  throw new OptionError(`--${name} must be a number of at least ${least}: ${text} is none.`)
}

function readProcesses(text: string | undefined, scenario: ScenarioName): number[] {
  const counts = (text ?? '1').split(',').map(Number)
  if (counts.some((count) => !Number.isInteger(count) || count < 1 || count > 16))
    throw new OptionError('--processes must be a whole number from 1 to 16, or several like 1,2.')
  if (counts.length > 1 && scenario !== 'warm')
    throw new OptionError('Several numbers of --processes are compared in the scenario warm only.')
  return counts
}

function readTarget(values: Given): Pick<LoadOptions, 'target'> {
  const { target: url, site } = values
  const list = values.metrics?.split(',') ?? []
  const wrong = [...(url === undefined ? [] : [url]), ...list].find((one) => !URL.canParse(one))
  if (wrong !== undefined)
    throw new OptionError(`${wrong} is no address: give one like https://api.example.org.`)
  const maxTokens = values['max-tokens'] === undefined ? undefined : readNumber(values, 'max-tokens', 0, 0)
  if (url !== undefined)
    return {
      target: {
        url,
        metrics: list,
        ...(site !== undefined && { site }),
        ...(maxTokens !== undefined && { maxTokens }),
      },
    }
  const lost = (['max-tokens', 'metrics', 'site'] as const).find((name) => values[name] !== undefined)
  if (lost !== undefined) throw new OptionError(`--${lost} is for a running API: add --target URL.`)
  return {}
}

function readPrices(text = '0.40,1.60'): LoadOptions['prices'] {
  const [prompt = Number.NaN, completion = Number.NaN] = text.split(',').map(Number)
  if (prompt >= 0 && completion >= 0) return { prompt, completion }
  throw new OptionError(
    '--prices must be two numbers, like 0.40,1.60: a million tokens of prompts, and of answers.',
  )
}

function readK6(folder: string, scenario: ScenarioName): string {
  if (scenario === 'class' || scenario === 'book') return folder
  throw new OptionError('--k6 writes the scenarios class and book.')
}
