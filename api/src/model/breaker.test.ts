import { describe, expect, it, vi } from 'vitest'
import { type AnswerEnd, EngineError } from '../rewriting/ports.ts'
import { Breaker } from './breaker.ts'

const end: AnswerEnd = { reason: 'stop', prompt_tokens: 1, completion_tokens: 1 }
const signal = new AbortController().signal
const failed = new EngineError('upstream_failed', 'No.')

/** A call whose first piece and end are told when they come. */
function call(breaker: Breaker, its: AbortSignal = signal) {
  const first = Promise.withResolvers<void>()
  const rest = Promise.withResolvers<void>()
  async function* begin(onFirstPiece: () => void): AsyncGenerator<string, AnswerEnd> {
    await first.promise
    onFirstPiece()
    yield 'a'
    await rest.promise
    return end
  }
  const answer = breaker.guard(begin, its)
  const result = (async () => {
    for (;;) if ((await answer.next()).done) return 'ended'
  })().catch((error: EngineError) => error)
  return { first, rest, result }
}

async function run(breaker: Breaker, error?: EngineError, its?: AbortSignal) {
  const { first, rest, result } = call(breaker, its)
  if (error === undefined) first.resolve()
  else first.reject(error)
  rest.resolve()
  return await result
}

async function settle() {
  await new Promise((resolve) => setImmediate(resolve))
}

function opened(options: Partial<ConstructorParameters<typeof Breaker>[0]> = {}) {
  return new Breaker({ failures: 3, pauseMs: 40, isTrouble: () => true, ...options })
}

async function open(options: Parameters<typeof opened>[0] = {}, error = failed) {
  const breaker = opened(options)
  for (let i = 0; i < 3; i++) await run(breaker, error)
  return breaker
}

const paused = (ms = 50) => new Promise((resolve) => setTimeout(resolve, ms))

describe('the breaker', () => {
  it('opens after failures in a row, and refuses at once with the time to wait', async () => {
    const breaker = opened()
    await run(breaker, failed)
    await run(breaker, failed)
    await run(breaker)
    await run(breaker, failed)
    await run(breaker, failed)
    expect(breaker.isOpen).toBe(false)
    await run(breaker, failed)
    expect(breaker.isOpen).toBe(true)
    const begin = vi.fn()
    await expect(breaker.guard(begin, signal).next()).rejects.toMatchObject({
      code: 'upstream_failed',
      retryAfter: 1,
      message: expect.stringContaining('left alone'),
    })
    expect(begin).not.toHaveBeenCalled()
  })

  it('waits as long as the upstream asks', async () => {
    const breaker = await open({}, new EngineError('overloaded', 'Full.', { retryAfter: 60 }))
    expect(await run(breaker)).toMatchObject({ code: 'overloaded', retryAfter: 60 })
  })

  it('lets one call through after its pause, and the others with its first piece', async () => {
    const breaker = await open()
    await paused()
    const probe = call(breaker)
    await settle()
    expect(await run(breaker)).toMatchObject({ code: 'upstream_failed', retryAfter: 5 })
    probe.first.resolve()
    await settle()
    expect(await run(breaker)).toBe('ended')
    probe.rest.resolve()
    expect(await probe.result).toBe('ended')
  })

  it('opens again with the first failure after its pause, until a call has ended well', async () => {
    const breaker = await open()
    await paused()
    await run(breaker, failed)
    expect(breaker.isOpen).toBe(true)
    await paused()
    const probe = call(breaker)
    probe.first.resolve()
    await settle()
    probe.rest.reject(failed)
    await probe.result
    expect(breaker.isOpen).toBe(true)
    await paused()
    await run(breaker)
    await run(breaker, failed)
    expect(breaker.isOpen).toBe(false)
  })

  it('does not take the late failure of an earlier call for its probe', async () => {
    const breaker = opened()
    const late = call(breaker)
    for (let i = 0; i < 3; i++) await run(breaker, failed)
    await paused()
    const probe = call(breaker)
    await settle()
    late.first.reject(failed)
    await late.result
    probe.first.resolve()
    probe.rest.resolve()
    expect(await probe.result).toBe('ended')
    expect(breaker.isOpen).toBe(false)
  })

  it('does not count what is no trouble of the upstream, nor what was given up, and keeps no probe of either', async () => {
    const harmless = opened({ isTrouble: () => false })
    for (let i = 0; i < 5; i++) await run(harmless, failed)
    expect(harmless.isOpen).toBe(false)
    const breaker = await open()
    await paused()
    await run(breaker, failed, AbortSignal.abort())
    expect(breaker.isOpen).toBe(false)
    const left = await open()
    await paused()
    async function* begin(): AsyncGenerator<string, AnswerEnd> {
      yield 'a'
      return end
    }
    const answer = left.guard(begin, signal)
    await answer.next()
    await answer.return(end)
    expect(await run(left)).toBe('ended')
  })
})
