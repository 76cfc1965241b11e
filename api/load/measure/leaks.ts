import { setTimeout as delay } from 'node:timers/promises'
import type { OwnStack } from '../stack/stack.ts'
import type { ProcessSample, ProcessSampler } from './sample-processes.ts'

/** What may be left when all have gone. */
export type Remains = {
  /** Leases that a process holds though nobody makes anything. */
  leases: number
  /** By process: how much more there is than before the run. */
  processes: { name: string; sockets: number; timers: number; connections: number; inWork: number }[]
}

/** Writes pending are flushed every 5 s, a lease ends after 10. */
const QUIET_MS = 20_000
const LOOK_MS = 500

/** Waits until the processes have nothing to do, at most a while, and says what is left then. */
export async function lookForRemains(
  own: OwnStack | undefined,
  sampler: ProcessSampler,
  before: readonly (ProcessSample | undefined)[],
): Promise<Remains> {
  const deadline = performance.now() + QUIET_MS
  let remains = await look(own, sampler, before)
  while (!isNothing(remains) && performance.now() < deadline) {
    await delay(LOOK_MS)
    remains = await look(own, sampler, before)
  }
  return remains
}

/**
 * Sockets and timers come and go with the pools of the database and of the model: some more than before are no leak,
 * one for each of hundreds of visits would be.
 */
export const MAY_REMAIN = 25

function isNothing({ leases, processes }: Remains): boolean {
  return (
    leases === 0 &&
    processes.every(
      ({ sockets, timers, connections, inWork }) =>
        sockets <= MAY_REMAIN && timers <= MAY_REMAIN && connections === 0 && inWork === 0,
    )
  )
}

async function look(
  own: OwnStack | undefined,
  sampler: ProcessSampler,
  before: readonly (ProcessSample | undefined)[],
): Promise<Remains> {
  await sampler.sample()
  return {
    leases: (await own?.heldLeases()) ?? 0,
    processes: sampler.series.map(({ name, samples }, i) => {
      const [first, last] = [before[i], samples.at(-1)]
      return {
        name,
        sockets: (last?.sockets ?? 0) - (first?.sockets ?? 0),
        timers: (last?.timers ?? 0) - (first?.timers ?? 0),
        connections: last?.connections ?? 0,
        inWork: last?.inWork ?? 0,
      }
    }),
  }
}
