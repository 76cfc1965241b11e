import type { ProcessSeries } from './sample-processes.ts'

/** How a process's memory went after its warm-up, in megabytes; `bound` is what it may have grown. */
export type MemoryTrend = {
  name: string
  what: 'heap' | 'memory'
  from: number
  growth: number
  bound: number
  isFlat: boolean
}

/** Until caches are filled and functions compiled. */
const WARM_UP = 1 / 3
/** Long enough, in a run of ten minutes, for V8 to have collected all once in each. */
const WINDOWS = 5
const MEGABYTE = 2 ** 20
/** What noise may be: a collection that has not come yet, pages that the allocator keeps. */
const LEAST_BOUND_MB = 24
const BOUND_SHARE = 0.1

/**
 * Whether the memory of processes is flat: after the first third of a run, the straight line through the lowest
 * values of five stretches (what stays after collections) may rise by a tenth, or 24 MB, over the rest of the run.
 */
export function memoryTrends(series: readonly ProcessSeries[]): MemoryTrend[] {
  return series.flatMap(({ name, samples }) => {
    const end = samples.at(-1)?.at ?? 0
    const judged = samples.filter(({ at }) => at >= end * WARM_UP)
    if (judged.length < WINDOWS * 2) return []
    const of = (
      what: MemoryTrend['what'],
      bytes: (sample: (typeof judged)[number]) => number,
    ): MemoryTrend => {
      const floors = lowest(judged.map((sample) => ({ at: sample.at, value: bytes(sample) / MEGABYTE })))
      const { from, to } = lineThrough(floors)
      const bound = Math.max(from * BOUND_SHARE, LEAST_BOUND_MB)
      return { name, what, from, growth: to - from, bound, isFlat: to - from <= bound }
    }
    return [of('heap', ({ heap, external }) => heap + external), of('memory', ({ rss }) => rss)]
  })
}

type Point = { at: number; value: number }

function lowest(points: readonly Point[]): Point[] {
  return Array.from({ length: WINDOWS }, (_, i) => {
    const from = Math.floor((i * points.length) / WINDOWS)
    const window = points.slice(from, Math.floor(((i + 1) * points.length) / WINDOWS))
    return window.reduce((least, point) => (point.value < least.value ? point : least))
  })
}

/** Least squares: where the line is at the first and at the last point. */
function lineThrough(points: readonly Point[]): { from: number; to: number } {
  const mean = (of: (point: Point) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [at, value] = [mean((point) => point.at), mean((point) => point.value)]
  const slope =
    points.reduce((sum, point) => sum + (point.at - at) * (point.value - value), 0) /
    points.reduce((sum, point) => sum + (point.at - at) ** 2, 0)
  const on = (point: Point | undefined) => value + slope * ((point?.at ?? at) - at)
  return { from: on(points[0]), to: on(points.at(-1)) }
}
