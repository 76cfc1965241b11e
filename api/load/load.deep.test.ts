import { expect, it, onTestFinished } from 'vitest'
import { missingPgbouncer } from '../src/storage/test-pgbouncer.ts'
import type { Stack } from './stack/stack.ts'
import { startStack } from './stack/start-stack.ts'
import { expectRight, runScenario } from './testing/run-scenario.ts'

async function started(processes: number, answerCacheMb?: number): Promise<Stack> {
  const resources = new AsyncDisposableStack()
  onTestFinished(() => resources.disposeAsync())
  const pooler = missingPgbouncer() === undefined
  return await startStack(
    { processes, pooler, onStep: () => undefined, ...(answerCacheMb !== undefined && { answerCacheMb }) },
    resources,
  )
}

it('a class of 200 who are alike costs one call a section, over three processes', async () => {
  const made = await runScenario(['class', '--one-profile', '--learners', '200'], await started(3))
  expectRight(made)
  expect(made.upstream).toMatchObject({ calls: 18, generations: 18, learnersPerGeneration: 200 })
  // Ten times what is promised: for what hangs.
  const of = (part: string) => made.parts.find((one) => one.part === part)?.whole
  expect(of('class')?.max).toBeLessThan(100_000)
  expect(of('cached')?.p99).toBeLessThan(10_000)
})

it('a class of 60 as they are costs one call for each section that some of them share', async () => {
  const made = await runScenario(
    ['class', '--learners', '60', '--tokens-per-second', '200'],
    await started(2),
  )
  expectRight(made)
  expect(made.upstream.learnersPerGeneration).toBeGreaterThan(1)
})

it('a minute of readers who come and leave leaves nothing behind', async () => {
  const made = await runScenario(['soak', '--duration', '60', '--learners', '50'], await started(2, 8))
  expectRight(made)
  expect(made.memory).toHaveLength(4)
  // Ten times the bound: a minute is too short for more.
  for (const { name, what, growth, bound } of made.memory ?? [])
    expect(growth, `${what} of ${name}`).toBeLessThan(10 * bound)
})
