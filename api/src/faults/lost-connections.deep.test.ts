import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeStaffToken } from '../routes/testing/staff-calls.ts'
import { expectAtRest } from './testing/at-rest.ts'
import { type Call, everyPath, openWorld } from './testing/every-path.ts'
import { type FaultyStack, startFaultyStack } from './testing/faulty-stack.ts'
import type { CutMoment } from './testing/postgres-proxy.ts'
import { type CallAnswer, expectDoneOrAway, sendCall } from './testing/send-call.ts'

// What lies ready in memory asks the database nothing.
const settings = {
  LECTERN_ANSWER_CACHE_MB: '0',
  LECTERN_ALLOW_PRIVATE_SITES: '1',
  LECTERN_REQUESTS_PER_LEARNER: '0',
}
const moments: readonly CutMoment[] = ['before', 'after']
/** The whitelist is read once a second: so long a call may come by without. */
const CACHED_MS = 1_500

let stack: FaultyStack
let world: Awaited<ReturnType<typeof openWorld>>
let token: string
let cuts = 0
let places = 0
let left = 0
beforeAll(async () => {
  stack = await startFaultyStack(settings)
  token = (await makeStaffToken(stack.test)).token
  world = await openWorld(stack, token)
})
afterAll(async () => {
  process.stderr.write(
    `${cuts} connections were cut, at each query of ${Object.keys(everyPath).length} paths: before it or after it, in turn, both where a lesson is personalized (${places} of ${places + left} places)\n`,
  )
  await stack?.close()
})

const send = (call: Omit<Call, 'kept'>): Promise<CallAnswer> => sendCall(stack.api.url, token, call)

it('covers every call that asks the database', async () => {
  const document = (await (await fetch(`${stack.api.url}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string }>>
  }
  const operations = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  )
  const asksNothing = ['isAlive', 'describeApi', 'describeSiteFile']
  const covered = new Set([...Object.keys(everyPath), ...asksNothing])
  expect(operations.filter((operation) => !covered.has(operation))).toEqual([])
})

it.each(Object.entries(everyPath))(
  '%s: whichever of its queries loses its connection',
  async (name, prepare) => {
    const clean = await prepare(world)
    stack.proxy.statements.length = 0
    expect((await send(clean)).status).toBeLessThan(300)
    for (const [i, statement] of [...new Set(stack.proxy.statements)].entries())
      for (const moment of name.startsWith('personalize') ? moments : sampled(i)) {
        places += 1
        await cutAt(statement, moment, prepare)
      }
    await expectAtRest(stack)
  },
)

/** One of the two moments, in turn: all of both would take twice the minutes. */
function sampled(i: number): readonly CutMoment[] {
  left += 1
  return moments.slice(i % 2, (i % 2) + 1)
}

/** Cuts a call's connection at a statement; nothing where the call comes by without it. */
async function cutAt(
  statement: string,
  moment: CutMoment,
  prepare: (typeof everyPath)[string],
): Promise<void> {
  for (const end = performance.now() + CACHED_MS; performance.now() < end; ) {
    const call = await prepare(world)
    const cut = stack.proxy.cut(statement, moment)
    const answer = await send(call)
    expectDoneOrAway(answer)
    let again = await send(call)
    // On a machine that is busy, or under a lease that is yet to run out, not at once.
    await expect
      .poll(async () => {
        if (again.status === 503) again = await send(call)
        return again.status
      })
      .not.toBe(503)
    // What it asked for was done, or may have been, with its answer lost.
    if (again.status >= 300) {
      expect([404, 409]).toContain(again.status)
      expect(answer.status < 300 || moment === 'after').toBe(true)
    }
    if (answer.status < 300 && call.kept) expect((await send(call.kept(answer.body))).status).toBe(200)
    if (!cut.done) continue
    cuts += 1
    return
  }
}
