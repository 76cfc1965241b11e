import { describe, expect, it, vi } from 'vitest'
import { type AnswerEnd, type Engine, EngineError } from '../rewriting/ports.ts'
import { taskOf } from '../rewriting/testing/task-of.ts'
import { Budgets } from './budgets.ts'
import type { Reservation, Reserved, Settlement } from './ports.ts'

const task = taskOf('A loop repeats a part of a program.')
const payer = { learner: 'L', site: 'book', address: '203.0.113.7' }
const signal = new AbortController().signal
const limits = { learner: 1000, address: 1000, site: 1000, whole: 1000 }

/** Budgets over a store that answers so, at a time that can be moved. */
function budgetsOver(answer: (asked: Reservation) => Reserved = () => ({ ok: true })) {
  const clock = { now: new Date('2026-11-20T22:30:00Z') }
  const settled: Settlement[] = []
  const store = {
    reserve: vi.fn(async (asked: readonly Reservation[]) => asked.map(answer)),
    releaseExpired: vi.fn(async () => undefined),
    saltOf: vi.fn(async (day: string) => `salt of ${day}`),
    forgetBefore: vi.fn(async (_day: string) => undefined),
  }
  const budgets = new Budgets({
    store,
    settle: (settlement) => settled.push(settlement),
    limits,
    prices: { prompt: 1, completion: 2 },
    onFailure: () => undefined,
    now: () => clock.now,
  })
  return { budgets, store, settled, clock }
}

function engineOf(answer: () => AsyncGenerator<string, AnswerEnd>): Engine {
  return {
    model: 'm',
    version: '1',
    mostTokens: () => ({ prompt_tokens: 60, completion_tokens: 40 }),
    answer,
  }
}

async function* good(): AsyncGenerator<string, AnswerEnd> {
  yield 'a'
  return { reason: 'stop', prompt_tokens: 50, completion_tokens: 5 }
}

async function run(budgets: Budgets, engine = engineOf(good)): Promise<unknown> {
  const answer = budgets.charge(engine, payer).answer(task, signal)
  try {
    for (;;) if ((await answer.next()).done) return 'ended'
  } catch (error) {
    return error
  }
}

describe('budgets', () => {
  it('reserve what a call may take, of calls that begin at once in one statement, and settle what it took', async () => {
    const { budgets, store, settled } = budgetsOver()
    await Promise.all([run(budgets), run(budgets), run(budgets)])
    expect(store.reserve).toHaveBeenCalledOnce()
    expect(store.reserve.mock.calls[0]?.[0].map(({ tokens }) => tokens)).toEqual([100, 100, 100])
    expect(settled).toHaveLength(3)
    expect(settled[0]).toMatchObject({ prompt_tokens: 50, completion_tokens: 5, cost: 60 / 1e6 })
  })

  it('know learners and addresses by a hash that changes with the day', async () => {
    const { budgets, store, clock } = budgetsOver()
    await run(budgets)
    clock.now = new Date('2026-11-21T00:00:01Z')
    await run(budgets)
    const [first, second] = store.reserve.mock.calls.map(([asked]) => asked[0])
    expect(first?.accounts.map(({ scope }) => scope)).toEqual(['address', 'learner', 'site', 'whole'])
    expect([first?.day, second?.day]).toEqual(['2026-11-20', '2026-11-21'])
    expect(first?.accounts[1]?.subject).toMatch(/^[\w-]{43}$/)
    expect(second?.accounts[0]?.subject).not.toBe(first?.accounts[0]?.subject)
    expect(second?.accounts[1]?.subject).not.toBe(first?.accounts[1]?.subject)
    expect(second?.accounts[2]).toEqual(first?.accounts[2])
    expect(store.forgetBefore.mock.calls).toEqual([['2026-11-19'], ['2026-11-20']])
    expect(store.releaseExpired).toHaveBeenCalledTimes(2)
  })

  it.each([
    ['learner', 950, 5400, 'You have used up'],
    ['address', 950, 5400, 'Your network has used up'],
    ['site', 950, 5400, 'This textbook has used up'],
    ['whole', 950, 5400, 'This server has used up'],
    ['whole', 900, 30, 'may take all that is left'],
  ] as const)(
    'that are spent (%s, %i of 1000) say so, and are not asked again at once',
    async (scope, used, wait, words) => {
      const { budgets, store, settled } = budgetsOver(() => ({ ok: false, scope, spent: used }))
      const refused = { code: 'budget_spent', retryAfter: wait, message: expect.stringContaining(words) }
      expect(await run(budgets)).toMatchObject(refused)
      expect(await run(budgets)).toMatchObject(refused)
      expect(store.reserve).toHaveBeenCalledOnce()
      expect(settled).toEqual([])
    },
  )

  it('count what a failed call took, and all that it might have taken where that is not known', async () => {
    const { budgets, settled } = budgetsOver()
    const spent = { prompt_tokens: 7, completion_tokens: 0 }
    const failing = (error: Error) =>
      engineOf(async function* () {
        yield 'a'
        throw error
      })
    await run(budgets, failing(new EngineError('upstream_failed', 'No.', { spent })))
    await run(budgets, failing(new Error('a bug')))
    const left = budgets.charge(engineOf(good), payer).answer(task, signal)
    await left.next()
    await left.return({ reason: 'stop', prompt_tokens: 0, completion_tokens: 0 })
    expect(settled.map((one) => [one.prompt_tokens, one.completion_tokens])).toEqual([
      [7, 0],
      [60, 40],
      [60, 40],
    ])
  })

  it('reserve for a first call before it is made, and for the next ones by themselves', async () => {
    const { budgets, store, settled } = budgetsOver()
    const { engine, cancel } = budgets.prepare(engineOf(good), task, payer)
    await vi.waitFor(() => expect(store.reserve).toHaveBeenCalledOnce())
    for (const calls of [1, 2]) {
      const answer = engine.answer(task, signal)
      while (!(await answer.next()).done);
      cancel()
      expect(store.reserve).toHaveBeenCalledTimes(calls)
    }
    expect(settled.map((one) => one.prompt_tokens)).toEqual([50, 50])
    expect(new Set(settled.map(({ id }) => id)).size).toBe(2)
  })

  it('give back once what was reserved for a call that is not made', async () => {
    const { budgets, store, settled } = budgetsOver()
    const { engine, cancel } = budgets.prepare(engineOf(good), task, payer)
    cancel()
    cancel()
    await vi.waitFor(() => expect(settled).toMatchObject([{ prompt_tokens: 0, completion_tokens: 0 }]))
    await engine.answer(task, signal).next()
    expect(store.reserve).toHaveBeenCalledTimes(2)
  })

  it('tell who makes a call that it was not paid for', async () => {
    const { budgets, settled } = budgetsOver(() => ({ ok: false, scope: 'site', spent: 950 }))
    const { engine, cancel } = budgets.prepare(engineOf(good), task, payer)
    await expect(engine.answer(task, signal).next()).rejects.toMatchObject({ code: 'budget_spent' })
    cancel()
    expect(settled).toEqual([])
  })

  it('ask nothing while they cannot be counted', async () => {
    const { budgets, store } = budgetsOver()
    store.reserve.mockRejectedValueOnce(new Error('away'))
    const answer = vi.fn(good)
    expect(await run(budgets, engineOf(answer))).toMatchObject({ code: 'overloaded', retryAfter: 5 })
    expect(answer).not.toHaveBeenCalled()
    expect(await run(budgets, engineOf(answer))).toBe('ended')
  })

  it('leave alone what costs nothing', async () => {
    const { budgets, store } = budgetsOver()
    expect(await run(budgets, { model: 'm', version: '1', answer: good })).toBe('ended')
    expect(store.reserve).not.toHaveBeenCalled()
  })
})
