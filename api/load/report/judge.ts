import { MAY_REMAIN } from '../measure/leaks.ts'
import type { LoadReport, Verdict } from './load-report.ts'

/** The pace at which a lesson of 20 KB can be whole in that time. */
const PACE = { ttft_ms: 300, tokens_per_second: 50 }
const WHOLE_LESSON_S = 10
const CACHED_P99_MS = 1_000
const SCALING = 1.1

/** Holds a run's figures against what Lectern promises; what a scenario does not show is not judged. */
export function judge(report: Omit<LoadReport, 'verdicts'>): Verdict[] {
  return [
    atMost(
      'visits that went wrong',
      report.parts.reduce((sum, { wrong }) => sum + wrong, 0),
      0,
      'visits',
    ),
    ...upstream(report),
    ...(report.scenario === 'class' ? ofClass(report) : []),
    ...(report.scaling?.ratio === undefined
      ? []
      : [
          atMost(
            'CPU of a cached visit, more processes against fewer',
            report.scaling.ratio,
            SCALING,
            'times',
          ),
        ]),
    ...(report.scenario === 'soak' ? ofSoak(report) : []),
  ]
}

/**
 * Where visits were cut or capped, nobody knows how many rewrites were needed. Who left as planned may have asked for
 * nothing yet, and a lease that was taken over from a process that stood still may have cost another call.
 */
function upstream({
  upstream: { calls, generations, certain, takenOver },
  interrupted,
  failures,
}: Omit<LoadReport, 'verdicts'>): Verdict[] {
  if (calls === undefined || interrupted || failures.length > 0) return []
  return [between('calls to the model', calls, [certain, generations + takenOver], 'calls')]
}

function ofClass({ parts, options }: Omit<LoadReport, 'verdicts'>): Verdict[] {
  const [pupils, cached] = ['class', 'cached'].map((part) => parts.find((one) => one.part === part)?.whole)
  const { ttft_ms, tokens_per_second } = options.model
  const isPaced = ttft_ms <= PACE.ttft_ms && tokens_per_second >= PACE.tokens_per_second
  return [
    ...(pupils && isPaced && options.oneProfile
      ? [atMost('whole lesson, the last of all', pupils.max / 1000, WHOLE_LESSON_S, 's')]
      : []),
    ...(cached ? [atMost('cached lesson meanwhile, p99', cached.p99, CACHED_P99_MS, 'ms')] : []),
  ]
}

function ofSoak({ remains, memory = [] }: Omit<LoadReport, 'verdicts'>): Verdict[] {
  const trends = memory.map(({ name, what, growth, bound }) =>
    atMost(`${name}: growth of its ${what} after warm-up`, growth, bound, 'MB'),
  )
  if (remains === undefined) return trends
  const { leases, processes } = remains
  const most = (of: (one: (typeof processes)[number]) => number) => Math.max(0, ...processes.map(of))
  return [
    ...trends,
    exactly('leases left', leases, 0, 'leases'),
    exactly(
      'sections left in work',
      most(({ inWork }) => inWork),
      0,
      'sections',
    ),
    exactly(
      'connections of clients left',
      most(({ connections }) => connections),
      0,
      'connections',
    ),
    atMost(
      'sockets more than before',
      most(({ sockets }) => sockets),
      MAY_REMAIN,
      'sockets',
    ),
    atMost(
      'timers more than before',
      most(({ timers }) => timers),
      MAY_REMAIN,
      'timers',
    ),
  ]
}

function atMost(name: string, value: number, most: number, unit: string): Verdict {
  return { name, value, unit, goal: `at most ${Number(most.toFixed(1))}`, isMet: value <= most }
}

function between(name: string, value: number, [least, most]: [number, number], unit: string): Verdict {
  if (least === most) return exactly(name, value, most, unit)
  return { name, value, unit, goal: `${least} to ${most}`, isMet: value >= least && value <= most }
}

function exactly(name: string, value: number, wanted: number, unit: string): Verdict {
  return { name, value, unit, goal: `exactly ${wanted}`, isMet: value === wanted }
}
