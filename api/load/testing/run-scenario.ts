import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { readLoadOptions } from '../load-options.ts'
import { tokenCap } from '../measure/token-cap.ts'
import type { LoadReport } from '../report/load-report.ts'
import { makeReport } from '../report/make-report.ts'
import { runLoad } from '../run-load.ts'
import { planScenario } from '../scenarios/plan-scenario.ts'
import type { Stack } from '../stack/stack.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** What the command does with these arguments, on a stack that is there already. */
export async function runScenario(args: string[], stack: Stack, mostTokens?: number): Promise<LoadReport> {
  const options = readLoadOptions(args)
  const plan = planScenario(sha256, options)
  const { signal } = new AbortController()
  const cap = mostTokens === undefined ? undefined : tokenCap(mostTokens)
  const recording = await runLoad({
    plan,
    options,
    stack,
    signal,
    onStep: () => undefined,
    ...(cap && { maySpend: cap.maySpend }),
  })
  return makeReport({ plan, options, stack: stack.description, recording })
}

/** Units of figures that depend on how fast the machine is, and on when garbage was collected. */
const ofTheMachine = ['s', 'ms', 'times', 'MB']

/** Nothing went wrong, and every count is what it has to be; a warning may be that the machine is busy. */
export function expectRight({ failures, verdicts, complaints }: LoadReport): void {
  expect(failures).toEqual([])
  expect(complaints.filter((line) => line.startsWith('{"level":50'))).toEqual([])
  const missed = verdicts.filter(({ isMet, unit }) => !isMet && !ofTheMachine.includes(unit))
  expect(missed, `The processes said: ${complaints.join('\n')}`).toEqual([])
  expect(verdicts.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['visits that went wrong', 'calls to the model']),
  )
}
