import { describe, expect, it } from 'vitest'
import { type FaultKind, startStandInModel } from '../../load/stand-in-model.ts'
import { EngineError } from '../rewriting/ports.ts'
import { taskOf } from '../rewriting/testing/task-of.ts'
import { openaiEngine } from './openai-engine.ts'

const task = taskOf('A loop repeats a part of a program.')

/** What keeps the process alive, by kind. */
function handles(): Record<string, number> {
  const kinds = process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout|TLS/.test(kind))
  return Object.fromEntries([...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => [kind, all.length]))
}

describe('the engine', () => {
  it('leaves no socket, timer or listener behind, however its calls end', async () => {
    const before = handles()
    const model = await startStandInModel()
    const patience = { firstPiece: 150, nextPiece: 150, whole: 400 }
    const engine = openaiEngine({ baseURL: model.url, apiKey: 'none', model: 'stand-in' }, patience, 0)
    const process = new AbortController()
    const run = async (abortAfterMs?: number) => {
      const own = abortAfterMs === undefined ? process.signal : AbortSignal.timeout(abortAfterMs)
      const answer = engine.answer(task, own)
      for (;;) if ((await answer.next()).done) return 'ended'
    }
    const kinds: (FaultKind | undefined)[] = [
      undefined,
      'status_401',
      'hang_before',
      'hang_within',
      'cut',
      'ends_early',
      'error_event',
      'broken_event',
    ]
    for (const kind of kinds) {
      model.configure({ tokens_per_second: 200, faults: kind === undefined ? [] : [{ kind, times: 99 }] })
      const ends = await Promise.allSettled([run(), run(), run(20), run(60), run(0)])
      for (const ended of ends)
        if (ended.status === 'rejected') expect(ended.reason).toBeInstanceOf(EngineError)
    }
    const patient = openaiEngine({ baseURL: model.url, apiKey: 'none', model: 'stand-in' })
    const left = patient.answer(task, process.signal)
    model.configure({ tokens_per_second: 50 })
    await left.next()
    expect(handles()).not.toEqual(before)
    await left.return({ reason: 'stop', prompt_tokens: 0, completion_tokens: 0 })
    await expect.poll(model.open).toBe(0)
    await model.close()
    await expect.poll(handles, { timeout: 30_000 }).toEqual(before)
  })

  it('says what it may take at most, and what it took', async () => {
    const model = await startStandInModel()
    const engine = openaiEngine({ baseURL: model.url, apiKey: 'none', model: 'stand-in' })
    const most = engine.mostTokens?.(task)
    const answer = engine.answer(task, new AbortController().signal)
    let next = await answer.next()
    while (!next.done) next = await answer.next()
    expect(next.value.prompt_tokens).toBeLessThan(most?.prompt_tokens ?? 0)
    expect(next.value.completion_tokens).toBeLessThan(most?.completion_tokens ?? 0)
    await model.close()
  })
})
