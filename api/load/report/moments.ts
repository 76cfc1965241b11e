import { percentile } from '../measure/percentile.ts'
import { wentWrong } from '../measure/recorder.ts'
import type { Recording } from '../run-load.ts'
import { latencySteps, type Moment } from './load-report.ts'

/** A plot has no more stretches than this. */
const MOST = 60

/** A run cut into stretches of a second or more, for its plots: visits by when they were to begin. */
export function momentsOf({ records, calls }: Pick<Recording, 'records' | 'calls'>): Moment[] {
  const last = Math.max(0, ...records.map(({ at }) => at))
  const length = Math.max(1, Math.ceil((last + 1) / 1000 / MOST)) * 1000
  const count = Math.ceil((last + 1) / length)
  const byMoment = Map.groupBy(records, ({ at }) => Math.floor(at / length))
  let visitsSoFar = 0
  return Array.from({ length: count }, (_, i) => {
    const visits = byMoment.get(i) ?? []
    const times = visits.flatMap(({ whole }) => whole ?? [])
    visitsSoFar += visits.length
    const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)]
    const callsSoFar = calls?.filter(({ at }) => at <= (i + 1) * length + 500).at(-1)?.calls
    const of = (state: 'stored' | 'making' | 'missing') =>
      visits.reduce((sum, { states }) => sum + states[state], 0)
    return {
      at: (i * length) / 1000,
      begun: visits.length,
      wrong: visits.filter(wentWrong).length,
      latencies: latencySteps.map(
        (most, step) => times.filter((ms) => ms <= most && ms > (latencySteps[step - 1] ?? -Infinity)).length,
      ),
      stored: of('stored'),
      shared: of('making'),
      made: of('missing'),
      visitsSoFar,
      ...(p50 !== undefined && { p50: Math.round(p50) }),
      ...(p99 !== undefined && { p99: Math.round(p99) }),
      ...(callsSoFar !== undefined && { callsSoFar }),
    }
  })
}
