import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Plays a k6 script on Node, one visit after the other, for machines that have no k6: its modules are stood in for by
 * the least that the script uses of them. It shows that the script's own steps are right, and nothing of k6 itself.
 */
const [script = ''] = process.argv.slice(2)
const seen = {
  visits: 0,
  wrong: 0,
  failed: [] as string[],
  sections: {} as Record<string, number>,
  requests: 0,
}
const now = { name: '', iterationInTest: 0 }

type Call = { method: string; url: string; body: string | null; headers: Record<string, string> }

const modules: Record<string, object> = {
  k6: {
    check(value: unknown, checks: Record<string, (value: unknown) => boolean>): boolean {
      const failed = Object.entries(checks).filter(([, holds]) => !holds(value))
      seen.failed.push(...failed.map(([name]) => name))
      return failed.length === 0
    },
  },
  'k6/crypto': { randomBytes: (size: number) => Uint8Array.from(randomBytes(size)).buffer },
  'k6/data': {
    SharedArray: function SharedArray(_name: string, make: () => unknown[]) {
      return make()
    },
  },
  'k6/execution': { default: { scenario: now } },
  'k6/http': {
    default: {
      expectedStatuses: () => undefined,
      request(method: string, url: string, body: string | null, { headers }: Pick<Call, 'headers'>) {
        seen.requests += 1
        return answerOf({ method, url, body, headers })
      },
    },
  },
  'k6/metrics': {
    Trend: class {
      add(): void {
        seen.visits += 1
      }
    },
    Rate: class {
      add(isWrong: boolean): void {
        if (isWrong) seen.wrong += 1
      }
    },
    Counter: class {
      add(count: number, { state = '' }: { state?: string }): void {
        seen.sections[state] = (seen.sections[state] ?? 0) + count
      }
    },
  },
}

/** k6 waits for an answer; in Node another process has to, for this one to wait. */
function answerOf(call: Call): { status: number; body: string } {
  const program = `const { method, url, body, headers } = JSON.parse(await new Response(process.stdin).text())
    const answer = await fetch(url, { method, headers, ...(body !== null && { body }) })
    process.stdout.write(JSON.stringify({ status: answer.status, body: await answer.text() }))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    input: JSON.stringify(call),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as { status: number; body: string }
}

type Scenario = { rate: number }
type Script = {
  options: { scenarios: Record<string, Scenario> }
  setup(): unknown
  default(data: unknown): void
}

async function main(): Promise<void> {
  const here = globalThis as unknown as Record<string, unknown>
  here.__ENV = process.env
  here.open = (file: string) => readFileSync(join(dirname(script), file), 'utf8')
  here.k6Modules = modules
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier in modules
        ? { url: `data:text/javascript,${encodeURIComponent(sourceOf(specifier))}`, shortCircuit: true }
        : next(specifier, context),
  })
  const played = (await import(pathToFileURL(script).href)) as Script
  const data = played.setup()
  for (const [name, { rate }] of Object.entries(played.options.scenarios))
    for (let i = 0; i < rate; i++) {
      Object.assign(now, { name, iterationInTest: i })
      played.default(data)
    }
  process.stdout.write(JSON.stringify(seen))
}

function sourceOf(specifier: string): string {
  const names = Object.keys(modules[specifier] ?? {})
  return names
    .map((name) => {
      const value = `globalThis.k6Modules[${JSON.stringify(specifier)}].${name}`
      return name === 'default' ? `export default ${value}` : `export const ${name} = ${value}`
    })
    .join('\n')
}

await main()
