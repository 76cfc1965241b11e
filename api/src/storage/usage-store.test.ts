import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../test-api.ts'
import type { Account, Reserved, UsageStore } from '../usage/ports.ts'
import { siteUsage } from '../usage/site-usage.ts'
import { connect } from './database.ts'
import { readDatabaseConfig } from './database-address.ts'
import { missingPgbouncer, startTestPgbouncer } from './test-pgbouncer.ts'
import { createUsageStore } from './usage-store.ts'

const test = await openTestDatabase()
const other = connect(test.config)
const store = createUsageStore(test.database)
const elsewhere = createUsageStore(other)
const day = '2026-11-20'

afterAll(async () => {
  await other.close()
  await test.close()
})

beforeEach(async () => {
  await test.database.orm.execute(sql`truncate usage, usage_reservations, usage_salts`)
})

function accounts(most: Partial<Record<Account['scope'], number>>, learner = 'l'): Account[] {
  return [
    { scope: 'address', subject: 'a', most: most.address },
    { scope: 'learner', subject: learner, most: most.learner },
    { scope: 'site', subject: 's', most: most.site },
    { scope: 'whole', subject: '', most: most.whole },
  ]
}

async function reserve(most: Parameters<typeof accounts>[0], tokens: number, life = 60, at = store) {
  const id = randomUUID()
  const [reserved] = await at.reserve([{ id, day, accounts: accounts(most), tokens }], life)
  return { id, ...(reserved as Reserved) }
}

const ended = (id: string, tokens = 0, cost = 0) => ({
  id,
  prompt_tokens: tokens,
  completion_tokens: 0,
  cost,
})

async function rows() {
  return await test.database.orm.execute<{ scope: string; reserved: number; spent: number }>(sql`
    select scope, reserved_tokens::float8 as reserved, (prompt_tokens + completion_tokens)::float8 as spent
    from usage order by scope`)
}

describe('reserving', () => {
  it('takes from all accounts, and gives back what was not spent', async () => {
    const { id, ok } = await reserve({ learner: 100 }, 60)
    expect([ok, await rows()]).toEqual([
      true,
      ['address', 'learner', 'site', 'whole'].map((scope) => ({ scope, reserved: 60, spent: 0 })),
    ])
    await store.settle([ended(id, 25)])
    expect(await rows()).toEqual(
      ['address', 'learner', 'site', 'whole'].map((scope) => ({ scope, reserved: 0, spent: 25 })),
    )
    expect(await reserve({ learner: 100 }, 76)).toMatchObject({ ok: false, scope: 'learner', spent: 25 })
    expect(await reserve({ learner: 100 }, 75)).toMatchObject({ ok: true })
  })

  it.each(['address', 'learner', 'site', 'whole'] as const)(
    'names whose budget is spent: %s',
    async (scope) => {
      await store.settle([ended((await reserve({}, 50)).id, 50)])
      const { id, ...refused } = await reserve({ [scope]: 100 }, 60)
      expect(refused).toEqual({ ok: false, scope, spent: 50 })
      await store.settle([ended(id)])
      expect((await rows()).map((row) => row.reserved)).toEqual([0, 0, 0, 0])
      expect(await reserve({ [scope]: 100 }, 50)).toMatchObject({ ok: true })
    },
  )

  it('refuses the first call that is larger than the budget', async () => {
    expect(await reserve({ site: 10 }, 11)).toMatchObject({ ok: false, scope: 'site', spent: 0 })
  })

  it('never lets a limit be passed, over two pools that ask and settle at once', () =>
    race([store, elsewhere]))

  it.skipIf(missingPgbouncer() !== undefined)('nor behind a pooler in transaction mode', async () => {
    const pooler = await startTestPgbouncer(test.url)
    const config = readDatabaseConfig({ DATABASE_URL: pooler.url, DATABASE_POOLER: 'transaction' })
    const pools = config === undefined ? [] : [connect(config), connect(config)]
    await race(pools.map(createUsageStore))
    for (const pool of pools) await pool.close()
    await pooler.stop()
  })

  it('of many at once gives the room that there is, and fails nothing of the others', async () => {
    const asked = Array.from({ length: 10 }, (_, i) => ({
      id: randomUUID(),
      day,
      accounts: accounts({ learner: 100 }, i % 2 === 0 ? 'even' : `odd ${i}`),
      tokens: 40,
    }))
    const oks = (await store.reserve(asked, 60)).map(({ ok }) => ok)
    expect(oks).toEqual([true, true, true, true, false, true, false, true, false, true])
    expect((await rows()).at(-1)).toMatchObject({ scope: 'whole', reserved: 7 * 40 })
  })
})

/** 200 calls that reserve 40 of 1000, and take them, by these ways to the database in turn. */
async function race(stores: readonly UsageStore[]): Promise<void> {
  const tries = Array.from({ length: 200 }, async (_, i) => {
    const at = stores[i % stores.length]
    const { id, ok } = await reserve({ whole: 1000 }, 40, 60, at)
    await at?.settle([ended(id, ok ? 40 : 0)])
    return ok
  })
  const granted = (await Promise.all(tries)).filter(Boolean).length
  const whole = (await rows()).find(({ scope }) => scope === 'whole')
  expect(whole).toEqual({ scope: 'whole', reserved: 0, spent: granted * 40 })
  expect(granted).toBeGreaterThan(0)
  expect(granted).toBeLessThanOrEqual(25)
}

it('a reservation that is asked for twice, as when its answer was lost, is made once', async () => {
  const reservation = { id: randomUUID(), day, accounts: accounts({ learner: 100 }), tokens: 60 }
  await store.reserve([reservation], 60)
  expect(await store.reserve([reservation], 60)).toEqual([{ ok: true }])
  expect((await rows()).map(({ reserved }) => reserved)).toEqual([60, 60, 60, 60])
  await store.settle([ended(reservation.id, 25)])
  expect((await rows()).map(({ reserved, spent }) => [reserved, spent])).toEqual(Array(4).fill([0, 25]))
})

describe('settling', () => {
  it('counts a call once, however often it is told', async () => {
    const { id } = await reserve({}, 60)
    await Promise.all([store.settle([ended(id, 10)]), elsewhere.settle([ended(id, 10)])])
    await store.settle([ended(id, 10)])
    expect((await rows()).at(-1)).toEqual({ scope: 'whole', reserved: 0, spent: 10 })
  })

  it('of a process that is gone gives its reservation back once it expires, and not before', async () => {
    const { id } = await reserve({}, 60, 0.05)
    await reserve({}, 5)
    await expect
      .poll(async () => {
        await store.releaseExpired()
        return (await rows()).at(-1)?.reserved
      })
      .toBe(5)
    await store.settle([ended(id, 10)]) // it was not gone, only late
    expect((await rows()).at(-1)).toEqual({ scope: 'whole', reserved: 5, spent: 0 })
  })
})

describe('what is kept', () => {
  it('of learners and addresses is deleted after a day, with the salt of their hashes', async () => {
    await reserve({}, 5)
    const salt = await store.saltOf(day)
    expect(await elsewhere.saltOf(day)).toBe(salt)
    await store.forgetBefore(day)
    expect([(await rows()).length, await store.saltOf(day)]).toEqual([4, salt])
    await store.forgetBefore('2026-11-21')
    expect((await rows()).map(({ scope }) => scope)).toEqual(['site', 'whole'])
    expect(await store.saltOf(day)).not.toBe(salt)
  })

  it('of a site can be read by day, with its sum', async () => {
    await store.settle([ended((await reserve({}, 50)).id, 30, 0.25)])
    await store.settle([ended((await reserve({}, 50)).id, 10, 0.05)])
    await store.count([
      { day, site: 's', made: 3, shared: 1, hits: 0, failed: 1 },
      { day, site: undefined, made: 1, shared: 0, hits: 0, failed: 0 },
      { day: '2026-11-21', site: 's', made: 0, shared: 0, hits: 7, failed: 0 },
    ])
    const used = await siteUsage(store, 's', '2026-11-01', '2026-11-30')
    expect(used.days.map((one) => [one.day, one.made, one.hits, one.calls])).toEqual([
      [day, 3, 0, 2],
      ['2026-11-21', 0, 7, 0],
    ])
    expect(used.total).toEqual({
      calls: 2,
      prompt_tokens: 40,
      completion_tokens: 0,
      cost: 0.3,
      made: 3,
      shared: 1,
      hits: 7,
      failed: 1,
      // Eight sections at what two took that were made: 40 tokens, 0.3.
      saved_tokens: 160,
      saved_cost: 1.2,
    })
    expect(await siteUsage(store, 's', '2026-11-21', '2026-11-21')).toMatchObject({
      days: [{ saved_tokens: 140 }],
      total: { saved_tokens: 140, calls: 0 },
    })
    expect((await store.sitesOn('2026-11-21')).get('s')).toMatchObject({
      today: { hits: 7, made: 0, cost: 0 },
      until: { hits: 7, made: 3, cost: 0.3 },
    })
    expect((await siteUsage(store, undefined, day, day)).total).toMatchObject({ made: 4, prompt_tokens: 40 })
    expect((await siteUsage(store, 'other', day, day)).days).toEqual([])
  })
})
