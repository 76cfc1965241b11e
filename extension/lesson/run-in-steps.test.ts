import { expect, it, vi } from 'vitest'
import { runInSteps } from './run-in-steps.ts'

it.each([true, false])('says once that a step failed, and takes no other (quick: %s)', async (isQuick) => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const onError = vi.fn()
  const done: number[] = []
  function* steps(): Generator<void, void> {
    done.push(1)
    yield
    throw new TypeError('element.closest is not a function')
  }
  runInSteps(steps(), { isQuick, signal: new AbortController().signal, onError })
  await expect.poll(() => onError.mock.calls).toEqual([[]])
  expect(done).toEqual([1])
  log.mockRestore()
})
