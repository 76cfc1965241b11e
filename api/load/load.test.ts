import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { readLoadOptions } from './load-options.ts'
import type { LoadReport } from './report/load-report.ts'
import { reportHtml } from './report/report-html.ts'
import { readReport } from './report/write-reports.ts'
import type { Stack } from './stack/stack.ts'
import { startStack } from './stack/start-stack.ts'
import { expectRight, runScenario } from './testing/run-scenario.ts'

const quickly = ['--ttft', '20', '--tokens-per-second', '400']
const resources = new AsyncDisposableStack()
let stack: Stack
beforeAll(async () => {
  stack = await startStack({ processes: 2, pooler: false, onStep: () => undefined }, resources)
})
afterAll(() => resources.disposeAsync())

/** Scenarios share an API here, so each has lessons of its own: those of its seed. */
let seed = 0

function report(args: string[], on: Stack = stack, mostTokens?: number): Promise<LoadReport> {
  return runScenario([...args, ...quickly, '--seed', String(++seed)], on, mostTokens)
}

describe('pnpm load', () => {
  it('class: one call a section, whoever asks whichever process, with another lesson read beside', async () => {
    const made = await report([
      'class',
      '--learners',
      '12',
      '--one-profile',
      '--within',
      '1',
      '--duration',
      '4',
      '--rate',
      '3',
    ])
    expectRight(made)
    expect(made.upstream).toMatchObject({ calls: 18, generations: 18 })
    expect(made.upstream.learnersPerGeneration).toBe(12)
    expect(made.parts.find(({ part }) => part === 'class')).toMatchObject({ visits: 12, wrong: 0 })
    expect(made.parts.find(({ part }) => part === 'cached')?.visits).toBeGreaterThan(5)
    expect(made.processes.map(({ name }) => name)).toEqual(['API 1', 'API 2'])
    expect(made.sections.made).toBe(18)
    expect(made.tokens?.completion).toBeGreaterThan(1_000)
    expect(made.notes[0]).toMatch(/^Best case/)
  })

  it('class: learners who differ share what does not depend on it', async () => {
    const made = await report([
      'class',
      '--learners',
      '4',
      '--within',
      '1',
      '--duration',
      '2',
      '--rate',
      '1',
      '--even',
    ])
    expectRight(made)
    expect(made.upstream.generations).toBeGreaterThan(18)
    expect(made.upstream.learnersPerGeneration).toBeGreaterThanOrEqual(1)
  })

  it('warm: nothing is made, and each number of processes has its cost', async () => {
    const made = await report([
      'warm',
      '--learners',
      '3',
      '--rate',
      '20',
      '--duration',
      '3',
      '--processes',
      '1,2',
    ])
    expectRight(made)
    expect(made.upstream.calls).toBe(0)
    expect(made.scaling?.counts.map(({ processes, runs }) => [processes, runs.length])).toEqual([
      [1, 5],
      [2, 5],
    ])
    expect(made.scaling?.ratio).toBeGreaterThan(0)
  })

  it('edit: only what the author changed is made anew', async () => {
    const made = await report(['edit', '--learners', '4', '--one-profile', '--rate', '8', '--duration', '4'])
    expectRight(made)
    expect(made.upstream.calls).toBe(1)
    expect(made.parts.map(({ part }) => part).toSorted()).toEqual(['after', 'before'])
  })

  it.each([
    ['book', ['--learners', '4', '--rate', '4', '--duration', '3']],
    ['spike', ['--learners', '4', '--rate', '2', '--duration', '4']],
  ])('%s: some is stored, some is not', async (scenario, args) => {
    const made = await report([scenario, ...args])
    expectRight(made)
    expect(made.sections.stored).toBeGreaterThan(0)
    expect(made.sections.made).toBeGreaterThan(0)
  })

  it('soak: says what is left, and no one is wrong who leaves', async () => {
    const made = await report(['soak', '--learners', '10', '--rate', '6', '--duration', '6'])
    expectRight(made)
    expect(made.remains).toMatchObject({ leases: 0 })
    expect(made.remains?.processes.map(({ connections, inWork }) => [connections, inWork])).toEqual([
      [0, 0],
      [0, 0],
    ])
  })

  it('a running API: spends no more than was allowed, and leaves no learner there', async () => {
    const { own, ...target } = stack
    await own?.setPace({})
    const made = await report(
      ['book', '--learners', '3', '--rate', '3', '--duration', '2', '--target', target.urls[0] ?? ''],
      target,
      0,
    )
    expect(made.failures).toEqual([])
    expect(await own?.calls()).toBe(0)
    expect(made.upstream.calls).toBeUndefined()
  })
})

describe('its reports', () => {
  it('fetch nothing, and stand beside an earlier one', async () => {
    const made = await report(['edit', '--learners', '2', '--one-profile', '--rate', '2', '--duration', '2'])
    const page = reportHtml(made, { ...made, seconds: 1, options: { ...made.options, rate: 7 } })
    expect(page).not.toMatch(/<(script|link|img|iframe|object)|\b(src|href)=|@import|url\(/i)
    expect(page).toContain("default-src 'none'")
    expect(page).toContain('Not the same run: rate was 7 and is 2.')
    expect(page.match(/<svg /g)?.length).toBeGreaterThanOrEqual(5)
    expect(page).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('are written by the command, which goes on until all is told when it is stopped', async () => {
    const out = await mkdtemp(join(tmpdir(), 'lectern-load-'))
    onTestFinished(() => rm(out, { recursive: true, force: true }))
    const program = fileURLToPath(new URL('./load.ts', import.meta.url))
    const args = ['edit', '--one-profile', '--rate', '5', '--duration', '600', ...quickly, '--out', out]
    const run = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    onTestFinished(() => void run.kill('SIGKILL'))
    let said = ''
    for (const output of [run.stdout, run.stderr])
      output.on('data', (text) => {
        said += String(text)
      })
    const exit = once(run, 'exit')
    await expect.poll(() => said, { timeout: 110_000 }).toMatch(/\d+ s of 600 · .* visits\/s/)
    run.kill('SIGINT')
    expect((await exit)[1]).toBeNull()
    expect(said).toContain('Stopping: what ran is reported.')
    const written = await readReport(join(out, 'report.json'))
    expect(written).toMatchObject({
      format: 1,
      scenario: 'edit',
      interrupted: true,
      machine: { node: process.version },
    })
    expect(written.visits).toBeGreaterThan(0)
    expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('The run was stopped before its end.')
  }, 180_000)
})

describe('its options', () => {
  it.each([
    [[], /Name one scenario/],
    [['storm'], /Name one scenario: warm, class/],
    [['class', '--learners', 'many'], /--learners must be a number of at least 1: many is none\./],
    [['class', '--processes', '1,2'], /compared in the scenario warm only/],
    [['class', '--max-tokens', '5'], /--max-tokens is for a running API: add --target URL\./],
    [['class', '--target', 'api'], /api is no address/],
    [['soak', '--k6', 'x'], /--k6 writes the scenarios class and book\./],
    [['class', '--prices', 'free'], /--prices must be two numbers/],
    [['class', '--lerners', '5'], /--lerners/],
  ])('%j: says what to correct', (args, sentence) => {
    expect(() => readLoadOptions(args)).toThrow(sentence)
  })
})
