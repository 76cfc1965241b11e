import type { Random } from './seeded-random.ts'

/** How learners come: each by themselves (Poisson), or as by a clock. */
export type Spacing = 'poisson' | 'even'

/** Milliseconds from the start at which learners come at `rate` a second for `seconds`, in order. */
export function arrivalsAtRate(random: Random, rate: number, seconds: number, spacing: Spacing): number[] {
  if (spacing === 'even')
    return Array.from({ length: Math.floor(rate * seconds) }, (_, i) => (i * 1000) / rate)
  const times: number[] = []
  for (let at = pause(random, rate); at < seconds * 1000; at += pause(random, rate)) times.push(at)
  return times
}

/** The same where so many come within `seconds`: Poisson arrivals of a known number are evenly likely at any time. */
export function arrivalsWithin(random: Random, count: number, seconds: number, spacing: Spacing): number[] {
  const times = Array.from(
    { length: count },
    (_, i) => (spacing === 'even' ? i / count : random()) * seconds * 1000,
  )
  return times.toSorted((a, b) => a - b)
}

function pause(random: Random, rate: number): number {
  return (-Math.log(1 - random()) / rate) * 1000
}
