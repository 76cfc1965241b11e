import { emptyReceipt } from '@lectern/shared'
import { describe, expect, it, vi } from 'vitest'
import type { Following, Lease, MadeSection, MakingNews, Taken } from './leases.ts'
import { EngineError, type RewriteTask, type StoredRewrite } from './ports.ts'
import type { SectionResult, SectionStep } from './rewrite-section.ts'
import { SectionMaking } from './section-making.ts'
import { taskOf } from './testing/task-of.ts'

const key = { section: 's', profile: 'p', version: 'v' }
const task = taskOf('A loop repeats.', 'It ends.')
type Job = { task: RewriteTask; payer: string }
const job = (payer = 'a'): Job => ({ task, payer })

const step = (block: number, inline = `Block ${block}.`): SectionStep => ({
  type: 'block',
  rewrite: { block, status: 'rewritten', inline },
})
const made: MadeSection = { receipt: emptyReceipt, model: 'm', generated_at: new Date() }
const stored: StoredRewrite = {
  ...made,
  key,
  blocks: [1, 2].map((block) => ({ block, status: 'rewritten', inline: `Block ${block}.` })),
  additions: [],
  prompt_tokens: 1,
  completion_tokens: 1,
}

/** The making of a section over stand-ins for the database: what taking gives, then what following gives. */
function makingOf({
  taken = [],
  news = [],
  found,
  broke = [],
  first,
}: {
  taken?: (Taken['state'] | SectionStep[])[]
  news?: MakingNews[]
  found?: StoredRewrite
  /** Who cannot pay. */
  broke?: string[]
  first?: Job
}) {
  const seen = {
    looks: 0,
    rewritten: [] as [string, number][],
    published: [] as SectionStep[],
    ended: [] as unknown[],
  }
  const closing = new AbortController()
  const lease = (begun: SectionStep[]): Lease => ({
    begun,
    publish: (one) => void seen.published.push(one),
    store: async () => seen.ended.push('stored') > 0,
    end: async (end) => void seen.ended.push(end),
    release: async () => void seen.ended.push('released'),
  })
  const following: Following = {
    async next(signal) {
      signal.throwIfAborted()
      seen.looks += 1
      const next = news.length > 1 ? news.shift() : news[0]
      await new Promise((resolve) => setTimeout(resolve, 1))
      return next ?? { steps: [], state: 'making' }
    },
    stop: () => undefined,
  }
  async function* rewrite(
    _: unknown,
    { payer }: Job,
    begun: readonly SectionStep[],
  ): AsyncGenerator<SectionStep, SectionResult> {
    seen.rewritten.push([payer, begun.length])
    if (broke.includes(payer)) throw new EngineError('budget_spent', 'Spent.')
    for (const block of [1, 2].slice(begun.length)) yield step(block)
    const { blocks } = stored
    return { blocks, additions: [], prompt_tokens: 1, completion_tokens: 1, calls: 1, storable: true }
  }
  const making = new SectionMaking<Job>(
    {
      store: { find: async () => ({ rewrites: found ? [found] : [], lessonStored: true }) },
      leases: {
        take: async (): Promise<Taken> => {
          const next = taken.shift() ?? 'held'
          if (next === 'held') return { state: 'held' }
          if (next === 'stored') return { state: 'stored', rewrite: stored }
          return { state: 'leased', lease: lease(next === 'leased' ? [] : next) }
        },
        follow: () => following,
      },
      engine: { model: 'm' },
      rewrite,
      refuses: () => undefined,
      closing: closing.signal,
      onFailure: () => undefined,
    },
    key,
    2,
    first,
  )
  const run = async () => {
    const steps: SectionStep[] = []
    const work = making.run()
    for (;;) {
      const next = await work.next()
      if (next.done) return { steps, made: next.value }
      steps.push(next.value)
    }
  }
  return { making, run, seen, closing }
}

describe('the making of a section', () => {
  it('goes on after what readers have seen of a holder that fell silent', async () => {
    const { run, seen } = makingOf({
      first: job(),
      taken: ['held', [step(1)]],
      news: [
        { steps: [step(1)], state: 'making' },
        { steps: [], state: 'expired' },
      ],
    })
    expect((await run()).steps).toEqual([step(1), step(2)])
    expect(seen).toMatchObject({ rewritten: [['a', 1]], published: [step(2)], ended: ['stored'] })
  })

  it('gives to others again what a crash of the database has lost', async () => {
    const { run, seen } = makingOf({
      first: job(),
      taken: ['held', 'leased'],
      news: [
        { steps: [step(1)], state: 'making' },
        { steps: [], state: 'expired' },
      ],
    })
    expect((await run()).steps).toEqual([step(1), step(2)])
    expect(seen.published).toEqual([step(1), step(2)])
  })

  it('gives to others, of what it has seen, what the holder before did not know either', async () => {
    const { run, seen } = makingOf({
      first: job(),
      taken: ['held', [step(2, 'Anew.')]],
      news: [
        { steps: [step(1, 'A draft.'), step(1)], state: 'making' },
        { steps: [], state: 'expired' },
      ],
    })
    expect((await run()).steps).toEqual([step(1, 'A draft.'), step(1), step(2, 'Anew.')])
    expect(seen.published).toEqual([step(1)])
  })

  it('takes from the store what it has not seen, each block once', async () => {
    const { run, seen } = makingOf({
      first: job(),
      found: stored,
      news: [
        { steps: [step(1)], state: 'making' },
        { steps: [step(2, 'Shown, but not the last.')], state: 'made', made, isWhole: false },
      ],
    })
    expect((await run()).steps).toEqual([step(1), step(2, 'Shown, but not the last.'), step(2)])
    expect(seen.rewritten).toEqual([])
  })

  it('takes nothing from the store where all steps were given', async () => {
    const { run } = makingOf({
      first: job(),
      news: [{ steps: [step(1), step(2)], state: 'made', made, isWhole: true }],
    })
    expect((await run()).steps).toEqual([step(1), step(2)])
  })

  it('shows a block again where another text of it counts', async () => {
    const { run } = makingOf({
      first: job(),
      found: stored,
      news: [{ steps: [step(1, 'A draft.')], state: 'gone' }],
    })
    expect((await run()).steps).toEqual([step(1, 'A draft.'), step(1), step(2)])
  })

  it('waits for somebody who has the text, and not for ever', async () => {
    const clock = vi.spyOn(performance, 'now')
    const { run, seen } = makingOf({ news: [{ steps: [], state: 'expired' }] })
    const ended = run()
    // Rejects only below: a test that fails before is told of once.
    ended.catch(() => undefined)
    await expect.poll(() => seen.looks).toBeGreaterThan(2)
    clock.mockReturnValue(performance.now() + 60_000)
    await expect(ended).rejects.toMatchObject({ code: 'upstream_failed' })
    clock.mockRestore()
  })

  it('is taken over with the text that somebody brings meanwhile', async () => {
    const { making, run, seen } = makingOf({ taken: ['leased'], news: [{ steps: [], state: 'expired' }] })
    const ended = run()
    making.offer(job('b'))
    expect((await ended).steps).toEqual([step(1), step(2)])
    expect(seen.rewritten).toEqual([['b', 0]])
  })

  it('goes on on the account of the next one where a budget is spent, here or in another process', async () => {
    const here = makingOf({ first: job('poor'), taken: ['leased'], broke: ['poor'] })
    here.making.offer(job('b'))
    expect((await here.run()).steps).toHaveLength(2)
    expect(here.seen.rewritten.map(([payer]) => payer)).toEqual(['poor', 'b'])
    const failure = { error: 'budget_spent' as const, message: 'Spent.' }
    const elsewhere = makingOf({
      first: job('b'),
      taken: ['held', 'leased'],
      news: [{ steps: [], state: 'failed', failure }],
    })
    expect((await elsewhere.run()).steps).toHaveLength(2)
    const alone = makingOf({ first: job('poor'), taken: ['leased'], broke: ['poor'] })
    await expect(alone.run()).rejects.toMatchObject({ code: 'budget_spent' })
    expect(alone.seen.ended).toMatchObject([{ failure }])
  })

  it('gives the lease back when the process ends', async () => {
    const { run, seen, closing } = makingOf({ first: job(), taken: ['leased'] })
    closing.abort(new EngineError('overloaded', 'Restarting.'))
    await expect(run()).rejects.toMatchObject({ code: 'overloaded' })
    expect(seen.ended).toEqual(['released'])
  })
})
