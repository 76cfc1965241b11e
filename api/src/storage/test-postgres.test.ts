import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access } from 'node:fs/promises'
import postgres from 'postgres'
import { describe, expect, inject, it } from 'vitest'
import { createDatabase, startTestPostgres } from './test-postgres.ts'

describe('createDatabase', () => {
  it('gives each caller an empty database of its own, and drops it over open connections', async () => {
    const [first, second] = await Promise.all([
      createDatabase(inject('postgresUrl')),
      createDatabase(inject('postgresUrl')),
    ])
    const [one, two] = [first, second].map(({ url }) => postgres(url, { max: 1 }))
    await one?.unsafe('create table lessons as select 1')
    await two?.unsafe('create table lessons as select 1')

    await Promise.all([first.drop(), second.drop()])
    await first.drop()
    await expect(postgres(first.url, { max: 1 })`select 1`).rejects.toMatchObject({ code: '3D000' })
  })
})

describe('startTestPostgres', { timeout: 60_000 }, () => {
  it('removes the server and the folder that a killed run has left', async () => {
    const script = `
      import { startTestPostgres } from ${JSON.stringify(new URL('./test-postgres.ts', import.meta.url).href)}
      import postgres from ${JSON.stringify(import.meta.resolve('postgres'))}
      const { url } = await startTestPostgres()
      const [{ folder }] = await postgres(url)\`select current_setting('data_directory') as folder\`
      process.stdout.write(JSON.stringify({ url, folder }))`
    const killed = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [said] = await once(killed.stdout, 'data')
    const left: { url: string; folder: string } = JSON.parse(String(said))
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    await access(left.folder)

    const { stop } = await startTestPostgres()
    await expect(access(left.folder)).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(postgres(left.url, { max: 1 })`select 1`).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await stop()
  })
})
