import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../src/test-api.ts'

const readme = new URL('../../README.md', import.meta.url)

/** The quickstart as it stands in the README, with the address of the API under test. */
async function quickstart(address: string): Promise<string> {
  const whole = await readFile(readme, 'utf8')
  const script = /<!-- quickstart[^>]*-->\n```sh\n([\s\S]*?)\n```/.exec(whole)?.[1]
  if (script?.startsWith('API=http://localhost:8787\n') !== true)
    throw new Error('The README has no quickstart.')
  // Each answer is one line of JSON without an end of line of its own.
  return script.replace('http://localhost:8787', address).replaceAll('curl -s ', `curl -s -w '\\n' `)
}

/** Runs a script in an empty folder and gives what it prints. */
async function run(script: string): Promise<string> {
  const cwd = await mkdtemp(join(tmpdir(), 'lectern-quickstart-'))
  try {
    const shell = spawn('bash', ['-euo', 'pipefail', '-c', script], {
      cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const printed = await text(shell.stdout)
    expect(shell.exitCode ?? 0).toBe(0)
    return printed
  } finally {
    await rm(cwd, { recursive: true })
  }
}

let api: TestApi
beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.close())

type Made = { personalized_content: string; cached: boolean; model: string; notice?: string }

describe("the README's quickstart", () => {
  it('does what it says', async () => {
    const answers = (await run(await quickstart(api.url)))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    const [user, answered, read, ...rest] = answers
    expect(user).toMatchObject({ onboarding_completed: false })
    expect(read).toEqual(answered)
    const [first, second, changed, other, cleared] = rest as [
      Made,
      Made,
      object,
      Made,
      { deleted_count: number },
    ]
    expect(first).toMatchObject({ cached: false, notice: 'study_aids' })
    expect(first.personalized_content).toContain('```python\nfor i in range(3):\n    print(i)\n```')
    expect(first.personalized_content).toContain('$O(n)$, see [the manual](https://docs.python.org/3/)')
    expect(second).toMatchObject({ cached: true, personalized_content: first.personalized_content })
    expect(changed).toMatchObject({ education_level: 'graduate', subject_background: 'advanced' })
    expect(other.cached).toBe(false)
    expect(other.personalized_content).not.toBe(first.personalized_content)
    expect(cleared.deleted_count).toBeGreaterThan(0)
    expect(rest).toHaveLength(5)
  })
})
