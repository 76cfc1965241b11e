import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { readLoadOptions } from '../load-options.ts'
import { countGenerations, type Plan } from '../scenarios/plan.ts'
import { planScenario } from '../scenarios/plan-scenario.ts'
import type { Stack } from '../stack/stack.ts'
import { startStack } from '../stack/start-stack.ts'
import type { K6Plan } from './k6-plan.ts'
import { writeK6 } from './write-k6.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const resources = new AsyncDisposableStack()
let stack: Stack
beforeAll(async () => {
  stack = await startStack({ processes: 1, pooler: false, onStep: () => undefined }, resources)
})
afterAll(() => resources.disposeAsync())

async function written(args: string[]): Promise<{ folder: string; plan: Plan }> {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-k6-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const plan = planScenario(sha256, readLoadOptions(args))
  await writeK6(folder, plan)
  return { folder, plan }
}

async function output(
  program: string,
  args: string[],
  env: Record<string, string>,
): Promise<[number, string]> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      said += String(text)
    })
  const [code] = (await once(child, 'exit')) as [number]
  return [code, said]
}

const missing = isInstalled() ? '' : ' (not run: k6 is not installed)'

describe('a run for k6', () => {
  it('is data and a script that needs nothing else', async () => {
    const { folder, plan } = await written(['book', '--learners', '5', '--rate', '5', '--duration', '4'])
    expect((await readdir(folder)).toSorted()).toEqual(['lectern.ts', 'plan.json'])
    const script = await readFile(join(folder, 'lectern.ts'), 'utf8')
    const imports = [...script.matchAll(/^import (type )?.* from '(.*)'$/gm)]
    for (const [, type, from] of imports) expect(type ?? from).toMatch(/^type |^k6(\/|$)/)
    const data = JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8')) as K6Plan
    expect(data.visits).toHaveLength(plan.visits.length)
    expect(data.parts.map(({ count }) => count)).toEqual([plan.visits.length])
  })

  it('takes the steps of a learner, in the same words as ours', async () => {
    const args = ['class', '--learners', '3', '--within', '1', '--one-profile', '--rate', '0.2', '--even']
    const { folder, plan } = await written([...args, '--seed', '2'])
    const player = fileURLToPath(new URL('./testing/run-without-k6.ts', import.meta.url))
    await stack.own?.setPace({})
    const [code, said] = await output(process.execPath, [player, join(folder, 'lectern.ts')], {
      API: stack.urls[0] ?? '',
    })
    expect(said).toMatch(/^\{/)
    const seen = JSON.parse(said) as { failed: string[] }
    expect([code, seen]).toEqual([
      0,
      expect.objectContaining({
        visits: plan.visits.length,
        wrong: 0,
        failed: [],
        sections: expect.objectContaining({ missing: 18 }),
      }),
    ])
    // Of the class's lesson and of the one that is read beside it.
    expect(await stack.own?.calls()).toBe(36)
  })

  it.skipIf(missing)(`is played by k6${missing}`, async () => {
    const args = ['class', '--learners', '5', '--within', '1', '--one-profile', '--rate', '1', '--seed', '3']
    const { folder, plan } = await written(args)
    await stack.own?.setPace({ ttft_ms: 20, tokens_per_second: 400 })
    const [code, said] = await output('k6', ['run', join(folder, 'lectern.ts')], { API: stack.urls[0] ?? '' })
    expect(code, said).toBe(0)
    expect(await stack.own?.calls()).toBe(countGenerations({ ...plan, stored: [] }))
  })
})

function isInstalled(): boolean {
  try {
    execFileSync('k6', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
