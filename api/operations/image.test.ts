import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { validate } from 'dockerfile-utils'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { variables } from '../src/config.ts'
import { createDatabase } from '../src/storage/test-postgres.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFile(new URL(`./${file}`, import.meta.url), 'utf8')
const dockerfile = await read('Dockerfile')
const [, , final = ''] = dockerfile.split(/^FROM /m)
const instructions = dockerfile.replaceAll('\\\n', ' ').split('\n')

describe('the image', () => {
  it('has the pinned Node in both stages, runs as nobody of weight, and is asked whether it is ready', async () => {
    const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    const stages = instructions.filter((line) => line.startsWith('FROM '))
    expect(stages).toEqual([
      `FROM node:${devDependencies.node}-alpine AS packages`,
      `FROM node:${devDependencies.node}-alpine`,
    ])
    expect(final).toContain('\nUSER node\n')
    expect(final).toMatch(/HEALTHCHECK .*\\\n.*\/readyz/)
    expect(final).toMatch(/\nENTRYPOINT \["node", "api\/src\/server.ts"\]\n$/)
    // Nothing is fetched or built in what is shipped; the only thing run takes tools away.
    expect(final.match(/^RUN .*/gm)).toEqual([expect.stringMatching(/^RUN rm -rf /)])
    expect(final).not.toMatch(/\b(npx -y|pnpm|apk|curl)\b/)
    expect(instructions.filter((line) => /^(ARG|ADD)|SECRET|PASSWORD|_KEY/.test(line))).toEqual([])
  })

  it('is written as Docker wants it', () => {
    // The rules of Docker's own language server, which run without an engine.
    const found = validate(dockerfile).map(({ range, message }) => ({ line: range.start.line + 1, message }))
    expect(found).toEqual([])
    expect(validate(dockerfile.replace('WORKDIR /lectern', 'WORKDIRS /lectern'))).toHaveLength(1)
  })

  it('serves with the files and packages that the Dockerfile puts in, and no others', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lectern-image-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    await putTogether(folder)
    const database = await createDatabase(inject('postgresUrl'))
    onTestFinished(database.drop)
    const server = spawn(process.execPath, ['api/src/server.ts'], {
      cwd: folder,
      env: { NODE_ENV: 'production', PATH: process.env.PATH, PORT: '0', DATABASE_URL: database.url },
    })
    onTestFinished(async () => {
      server.kill('SIGTERM')
      if (server.exitCode === null) await once(server, 'exit')
    })
    let said = ''
    for (const output of [server.stdout, server.stderr])
      output.on('data', (text) => {
        said += String(text)
      })
    await expect.poll(() => said, { timeout: 60_000 }).toContain('Server listening at')
    const url = /Server listening at (http:[^"]+)/.exec(said)?.[1]
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    expect((await fetch(`${url}/api/openapi.json`)).status).toBe(200)
  })
})

describe('compose.yaml', () => {
  it('names settings that there are, keeps the database to itself, and leaves time to stop', async () => {
    const compose = await read('compose.yaml')
    const service = compose.slice(compose.indexOf('\n  api:'), compose.indexOf('\n  postgres:'))
    const names = [...service.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(3)
    expect(variables).toEqual(expect.arrayContaining(names))
    expect(compose.match(/^ {4}ports:/gm)).toHaveLength(1)
    expect(compose).toContain('- 127.0.0.1:8787:8787')
    expect(compose).toMatch(/stop_grace_period: 30s/)
    // No password of ours is anybody's.
    expect(compose).not.toMatch(/PASSWORD: (?!\$\{POSTGRES_PASSWORD:\?)/)
  })
})

/** What `COPY` puts into the final stage, and the packages of `dependencies` alone. */
async function putTogether(folder: string): Promise<void> {
  const copied = [...final.matchAll(/^COPY (?!--)(\S+)\/ (\S+)\/$/gm)]
  expect(copied.length).toBeGreaterThan(4)
  for (const [, from = '', to = ''] of copied)
    await cp(join(root, from), join(folder, to), {
      recursive: true,
      filter: (path) => !path.endsWith('.test.ts'),
    })
  for (const part of ['api', 'shared']) {
    const manifest = await readFile(join(root, part, 'package.json'), 'utf8')
    const { dependencies = {} } = JSON.parse(manifest) as { dependencies?: Record<string, string> }
    await cp(join(root, part, 'package.json'), join(folder, part, 'package.json'))
    for (const name of Object.keys(dependencies)) {
      const place = join(folder, part, 'node_modules', name)
      await mkdir(join(place, '..'), { recursive: true })
      const isOurs = name.startsWith('@lectern/')
      await symlink(isOurs ? join(folder, name.slice(9)) : join(root, part, 'node_modules', name), place)
    }
  }
  await cp(join(root, 'package.json'), join(folder, 'package.json'))
}
