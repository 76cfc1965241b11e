import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import type { Following } from '../rewriting/leases.ts'
import type { SectionStep } from '../rewriting/rewrite-section.ts'
import { key, newsUntil, rewriteOf, step, takeLease, withLeases } from './test-leases.ts'

const { database, startProcess, silence } = withLeases()

/** What a crash of the database does to an unlogged table. */
const crash = () => database().orm.execute(sql`truncate rewrite_steps`)

const anew = (block: number): SectionStep => step(block, `The block ${block}, anew.`)

/** The next so many steps. */
async function stepsOf(following: Following, count: number): Promise<SectionStep[]> {
  const steps: SectionStep[] = []
  while (steps.length < count) steps.push(...(await newsUntil(following, 'making')).steps)
  return steps
}

it.each([
  ['has written on', 1],
  ['has written no more', 0],
])('after a crash whoever takes over from a holder who %s is heard from the first step', async (_, more) => {
  const [leader, follower, next] = [await startProcess(), await startProcess(), await startProcess()]
  const lease = await takeLease(leader.leases)
  const early = follower.leases.follow(key)
  lease.publish(step(1))
  lease.publish(step(2))
  await stepsOf(early, 2)
  await crash()
  if (more > 0) {
    lease.publish(step(3))
    await stepsOf(early, more)
  }
  await silence(leader)
  await newsUntil(early, 'expired')
  const taken = await takeLease(next.leases)
  expect(next.outcomes).toEqual(['taken_over'])
  expect(taken.begun).toEqual([])
  // In another order than the first one had: a step with the number of a lost one is not that one.
  const steps = [3, 1, 2].map(anew)
  for (const one of steps) taken.publish(one)
  const late = follower.leases.follow(key)
  for (const following of [early, late]) expect(await stepsOf(following, steps.length)).toEqual(steps)
  await taken.store(rewriteOf(key))
  for (const following of [early, late]) {
    expect(await newsUntil(following, 'made')).toMatchObject({ steps: [], isWhole: true })
    following.stop()
  }
})

it('goes on with the run whose steps are all there', async () => {
  const [leader, follower, next] = [await startProcess(), await startProcess(), await startProcess()]
  const lease = await takeLease(leader.leases)
  const following = follower.leases.follow(key)
  lease.publish(step(1))
  await stepsOf(following, 1)
  await silence(leader)
  const taken = await takeLease(next.leases)
  expect(next.outcomes).toEqual(['taken_over'])
  expect(taken.begun).toEqual([step(1)])
  taken.publish(step(2))
  expect(await stepsOf(following, 1)).toEqual([step(2)])
  await taken.store(rewriteOf(key))
  expect(await newsUntil(following, 'made')).toMatchObject({ steps: [], isWhole: true })
  following.stop()
})
