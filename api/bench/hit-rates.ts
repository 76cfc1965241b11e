import { formatProfile, profileOf } from '@lectern/shared'
import { type Bench, post } from './environment.ts'
import { makeLesson, preferences, sha256 } from './lesson.ts'
import type { Load } from './load-client.ts'
import type { BenchServer, LoadClient } from './processes.ts'

const CONNECTIONS = 16
const SECTIONS = 15
const PASSES = 7

type Target = {
  name: string
  server: BenchServer
  amount: number
  load: Omit<Load, 'connections' | 'amount'>
}

/** One short run: answers a second; of the server, microseconds of CPU and queries by answer. */
export type Sample = { rate: number; cpuUs: number; reads: number; writes: number; failed: number }

export type HitTargets = Awaited<ReturnType<typeof prepareHits>>
export type HitKind = keyof HitTargets
export type HitSamples = Record<HitKind, Sample[]>

/** Stores the lesson that all hits ask for, and gives how each kind asks for it. */
export async function prepareHits({ memory, database, model, client, learner }: Bench) {
  await model.configure({})
  const { body, hash } = makeLesson('hits', SECTIONS)
  const user = { 'x-user-id': learner }
  await post(`${memory.url}/api/personalize`, body, user)
  const path = `/api/rewrites/${hash}?profile=${formatProfile(profileOf(preferences))}`
  const answer = await (await fetch(memory.url + path)).text()
  const text = JSON.stringify(body)
  for (const server of [memory, database]) {
    await server.setFloor('hits', answer)
    await server.setFloor(sha256(text), answer)
  }
  const get = (name: string, server: BenchServer, to: string, amount: number, accept?: string): Target => ({
    name,
    server,
    amount,
    load: { url: server.url + to, method: 'GET', headers: { ...user, ...(accept && { accept }) } },
  })
  const send = (name: string, server: BenchServer, to: string, amount: number): Target => {
    const headers = { ...user, 'content-type': 'application/json' }
    return { name, server, amount, load: { url: server.url + to, method: 'POST', headers, body: text } }
  }
  const targets = {
    bare: get('bare GET: a ready Buffer from a Map', memory, '/bench/bare/hits', 3000),
    hash: get('hit by hash, from memory', memory, path, 3000),
    events: get('hit by hash as events, from memory', memory, path, 3000, 'text/event-stream'),
    floor: send('floor: JSON.parse, hash, Map', memory, '/bench/floor', 1500),
    post: send('hit by POST, from memory', memory, '/api/personalize', 1500),
    databaseFloor: send('floor, where no answers are kept', database, '/bench/floor', 1500),
    databaseQuery: get('an empty query, then a ready Buffer', database, '/bench/query/hits', 1500),
    databaseHash: get('hit by hash, from PostgreSQL', database, path, 1000),
    databasePost: send('hit by POST, from PostgreSQL', database, '/api/personalize', 600),
  }
  // Until the functions are compiled for good.
  for (const target of Object.values(targets)) await measure(client, { ...target, amount: 4 * target.amount })
  return targets
}

/** Short runs of each kind, by turns: what disturbs the machine disturbs those alike that are compared. */
export async function measureHits({ client }: Bench, targets: HitTargets): Promise<HitSamples> {
  const kinds = Object.keys(targets) as HitKind[]
  const samples = Object.fromEntries(kinds.map((kind): [HitKind, Sample[]] => [kind, []])) as HitSamples
  for (let pass = 0; pass < PASSES; pass++)
    for (const kind of kinds) samples[kind].push(await measure(client, targets[kind]))
  return samples
}

async function measure(client: LoadClient, { server, amount, load }: Target): Promise<Sample> {
  await server.usage()
  const { rate, failed } = await client.run({ ...load, amount, connections: CONNECTIONS })
  const { cpuUs, reads, writes } = await server.usage()
  return { rate, failed, cpuUs: cpuUs / amount, reads: reads / amount, writes: writes / amount }
}
