import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createRewriteStore } from './rewrite-store.ts'
import { key, keyOf, newsUntil, rewriteOf, step, takeLease, withLeases } from './test-leases.ts'

const { database, startProcess, silence } = withLeases()

const stored = async () => {
  const { rewrites } = await createRewriteStore(database()).find(
    { hash: '', sections: [key.section] },
    [key.profile],
    key.version,
  )
  return rewrites.map(({ model }) => model)
}

/** When the only lease runs out, in milliseconds. */
async function leaseEnd(): Promise<number> {
  const [row] = await database().orm.execute<{ at: number }>(
    sql`select (extract(epoch from lease_until) * 1000)::float8 as at from rewrite_leases`,
  )
  return row?.at ?? NaN
}

describe('a lease', () => {
  it('is had by one of all processes that ask at once, in one statement for what is asked in one turn', async () => {
    const [one, two] = [await startProcess(), await startProcess()]
    const keys = ['1', '2', '3', '4', '5'].map(keyOf)
    const asked = [one, two].flatMap(({ leases }) => keys.map((of) => leases.take(of, 1)))
    const states = (await Promise.all(asked)).map(({ state }) => state)
    expect(states.filter((state) => state === 'leased')).toHaveLength(5)
    expect(states.filter((state) => state === 'held')).toHaveLength(5)
    const rows = await database().orm.execute(sql`select attempt from rewrite_leases`)
    expect(rows).toHaveLength(5)
  })

  it('is kept up by its holder, and taken from one who fell silent, who then stores nothing', async () => {
    const [one, two] = [await startProcess({ leaseMs: 3_000 }), await startProcess()]
    const first = await takeLease(one.leases)
    first.publish(step(1))
    const begun = await leaseEnd()
    await expect.poll(leaseEnd).toBeGreaterThan(begun + 3_000)
    expect((await two.leases.take(key, 2)).state).toBe('held')

    await silence(one)
    const second = await takeLease(two.leases)
    expect(second.begun).toEqual([step(1)])
    expect(await first.store(rewriteOf(key, 'late'))).toBe(false)
    expect(await stored()).toEqual([])
    expect(await second.store(rewriteOf(key, 'second'))).toBe(true)
    expect(await first.store(rewriteOf(key, 'late'))).toBe(false)
    expect(await stored()).toEqual(['second'])
  })

  it('that was lost is noticed by a holder who comes back, whose steps reach nobody', async () => {
    const [one, two] = [await startProcess({ leaseMs: 3_000 }), await startProcess()]
    const first = await takeLease(one.leases)
    await database().orm.execute(sql`update rewrite_leases set lease_until = now() - interval '1 second'`)
    const second = await takeLease(two.leases)
    first.publish(step(1))
    await expect.poll(() => one.failures).toMatchObject([{ name: 'LeaseLostError' }])
    second.publish(step(2))
    const following = one.leases.follow(key)
    expect((await newsUntil(following, 'making')).steps).toEqual([step(2)])
    expect(await first.store(rewriteOf(key))).toBe(false)
    expect(await second.store(rewriteOf(key))).toBe(true)
    following.stop()
  })

  it('is given back to go on from, and ends for who asks for it when the rewrite is stored meanwhile', async () => {
    const [one, two] = [await startProcess(), await startProcess()]
    const first = await takeLease(one.leases)
    first.publish(step(1))
    await first.release()
    const second = await takeLease(two.leases)
    expect(second.begun).toEqual([step(1)])
    await second.store(rewriteOf(key))
    expect(await one.leases.take(key, 2)).toMatchObject({ state: 'stored', rewrite: { model: 'm' } })
    expect(await database().orm.execute(sql`select from rewrite_leases`)).toHaveLength(0)
  })

  it('replaces a row that does not fit the schemas any more', async () => {
    const { leases } = await startProcess()
    await (await takeLease(leases)).store(rewriteOf(key, 'old'))
    await database().orm.execute(sql`update personalized_content_cache set receipt = '{}'`)
    expect(await stored()).toEqual([])
    await (await takeLease(leases)).store(rewriteOf(key, 'new'))
    expect(await stored()).toEqual(['new'])
  })

  it('survives that connections are lost while it ends', async () => {
    const { leases, database: own } = await startProcess()
    const lease = await takeLease(leases)
    await own.read(() => own.orm.execute(sql`select 1`))
    await database().orm.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`)
    expect(await lease.store(rewriteOf(key))).toBe(true)
    expect(await stored()).toEqual(['m'])
  })

  it('leaves no steps behind', async () => {
    const { leases } = await startProcess({ leaseMs: 300 })
    await (await takeLease(leases)).store(rewriteOf(key))
    const count = async () => (await database().orm.execute(sql`select from rewrite_steps`)).length
    expect(await count()).toBe(1)
    await database().orm.execute(
      sql`update rewrite_steps set created_at = now() - interval '2 hours', run = 0`,
    )
    await expect.poll(count, { timeout: 30_000, interval: 500 }).toBe(0)
  })
})

describe.each([
  ['hints', true],
  ['a look each second', false],
])('following by %s', (_, direct) => {
  it('gives all steps in order, once, whenever it begins, and how it ended', async () => {
    const [leader, follower] = [await startProcess(), await startProcess({ direct })]
    const lease = await takeLease(leader.leases)
    const early = follower.leases.follow(key)
    lease.publish(step(1))
    const first = await newsUntil(early, 'making')
    expect(first.steps).toEqual([step(1)])
    lease.publish(step(2))
    lease.publish(step(3))
    const late = follower.leases.follow(key)
    await newsUntil(late, 'making')
    await lease.store(rewriteOf(key))
    const end = await newsUntil(early, 'made')
    expect(end).toMatchObject({
      steps: [step(2), step(3)],
      made: { model: 'm', receipt: { kept: 1 } },
      isWhole: true,
    })
    late.stop()
    early.stop()
  })

  it('tells a failure in its own words, and lets the next begin anew', async () => {
    const [leader, follower] = [await startProcess(), await startProcess({ direct })]
    const lease = await takeLease(leader.leases)
    lease.publish(step(1))
    const following = follower.leases.follow(key)
    await newsUntil(following, 'making')
    const failure = { error: 'upstream_failed' as const, message: 'No.', retry_after: 3 }
    await lease.end({ failure })
    expect(await newsUntil(following, 'failed')).toMatchObject({ failure })
    expect((await takeLease(follower.leases)).begun).toEqual([])
    following.stop()
  })

  it('says when the holder fell silent, and goes on with the next one', async () => {
    const [leader, follower] = [await startProcess(), await startProcess({ direct })]
    const lease = await takeLease(leader.leases)
    lease.publish(step(1))
    const following = follower.leases.follow(key)
    await newsUntil(following, 'making')
    await silence(leader)
    await newsUntil(following, 'expired')
    const next = await startProcess()
    const second = await takeLease(next.leases)
    second.publish(step(2))
    expect((await newsUntil(following, 'making')).steps).toEqual([step(2)])
    following.stop()
  })
})

describe('following', () => {
  it('asks once for all readers and sections, not for each', async () => {
    const [leader, follower] = [
      await startProcess({ leaseMs: 30_000 }),
      await startProcess({ direct: false }),
    ]
    const keys = ['1', '2', '3', '4', '5'].map(keyOf)
    const leases = await Promise.all(keys.map((of) => takeLease(leader.leases, of)))
    let reads = 0
    const begun = performance.now()
    const read = follower.database.read
    follower.database.read = (query) => {
      reads += 1
      return read(query)
    }
    const followings = keys.map((of) => follower.leases.follow(of))
    for (const lease of leases) lease.publish(step(1))
    for (const following of followings)
      expect((await newsUntil(following, 'making')).steps).toEqual([step(1)])
    // One for all of them, then one each second.
    expect(reads).toBeLessThanOrEqual(3 + (performance.now() - begun) / 1000)
    for (const following of followings) following.stop()
  })

  it('is told that there is nothing where nobody makes it', async () => {
    const { leases } = await startProcess()
    const following = leases.follow(key)
    expect(await following.next(AbortSignal.timeout(5_000))).toEqual({ steps: [], state: 'gone' })
    following.stop()
  })

  it('goes on after a crash of the database has emptied the unlogged table', async () => {
    const [leader, follower] = [await startProcess(), await startProcess()]
    const lease = await takeLease(leader.leases)
    lease.publish(step(1))
    const following = follower.leases.follow(key)
    await newsUntil(following, 'making')
    lease.publish(step(2))
    await database().orm.execute(sql`truncate rewrite_steps`)
    const late = follower.leases.follow(key)
    lease.publish(step(3))
    await lease.store(rewriteOf(key))
    // Whose first look came too late is told that there is nothing to follow; both find it stored.
    const heardLate = await newsUntil(late, 'made', 'gone')
    expect(heardLate.steps).toEqual([])
    expect(heardLate).not.toMatchObject({ isWhole: true })
    late.stop()
    expect(await newsUntil(following, 'made')).toMatchObject({ made: { model: 'm' } })
    following.stop()
  })
})
