import { createHash } from 'node:crypto'
import { createInterface } from 'node:readline/promises'
import { writeK6 } from './k6/write-k6.ts'
import { help, type LoadOptions, OptionError, readLoadOptions } from './load-options.ts'
import { tokenCap } from './measure/token-cap.ts'
import { makeReport } from './report/make-report.ts'
import { readReport, writeReports } from './report/write-reports.ts'
import { runLoad } from './run-load.ts'
import { planScenario } from './scenarios/plan-scenario.ts'
import type { Stack } from './stack/stack.ts'
import { startStack } from './stack/start-stack.ts'

const onStep = (text: string) => console.error(text)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

async function main(args: string[]): Promise<void> {
  if (args.length === 0 || args.includes('--help')) return void process.stdout.write(help)
  const options = readLoadOptions(args)
  const earlier = options.compare === undefined ? undefined : await readReport(options.compare)
  const plan = planScenario(sha256, options)
  if (options.k6 !== undefined) return void process.stdout.write(`${await writeK6(options.k6, plan)}\n`)
  const stopping = new AbortController()
  process.once('SIGINT', () => {
    onStep('\nStopping: what ran is reported. Ctrl-C once more ends at once.')
    stopping.abort()
    process.once('SIGINT', () => process.exit(130))
  })
  await using resources = new AsyncDisposableStack()
  const { stack, maxTokens } = await openStack(options, resources)
  const cap = maxTokens === undefined ? undefined : tokenCap(maxTokens)
  const recording = await runLoad({
    plan,
    options,
    stack,
    signal: stopping.signal,
    onStep,
    ...(cap && { maySpend: cap.maySpend }),
  })
  const report = makeReport({ plan, options, stack: stack.description, recording })
  process.stdout.write(await writeReports(options.out, report, earlier))
  if (report.verdicts.some(({ isMet }) => !isMet)) process.exitCode = 1
}

async function openStack(
  options: LoadOptions,
  resources: AsyncDisposableStack,
): Promise<{ stack: Stack; maxTokens?: number }> {
  const { target, processes, pooler, scenario } = options
  if (target === undefined) {
    const stack = await startStack(
      { processes: Math.max(...processes), pooler, onStep, ...(scenario === 'soak' && { answerCacheMb: 8 }) },
      resources,
    )
    return { stack }
  }
  const maxTokens = target.maxTokens ?? (await askForCap(target.url))
  return {
    stack: { urls: [target.url], metrics: target.metrics, description: `the API at ${target.url}` },
    maxTokens,
  }
}

async function askForCap(url: string): Promise<number> {
  if (!process.stdin.isTTY)
    throw new OptionError(
      `Say by --max-tokens N how many tokens may be spent at ${url}; 0 reads what is stored alone.`,
    )
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(
    `New rewrites at ${url} cost tokens. How many may be spent, by estimate? `,
  )
  terminal.close()
  const tokens = Number(answer.trim().replaceAll(/[_,]/g, ''))
  if (answer.trim() !== '' && Number.isFinite(tokens) && tokens >= 0) return tokens
  throw new OptionError('That is no number of tokens, so nothing was started.')
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof OptionError ? `${error.message}\n\n${help}` : error)
  process.exitCode = 1
}
