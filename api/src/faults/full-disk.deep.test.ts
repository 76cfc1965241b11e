import { execFileSync } from 'node:child_process'
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, it, onTestFinished } from 'vitest'
import { lessonBlocks, upload } from '../routes/testing/lesson-api.ts'
import { postgresAccount } from '../storage/embedded-postgres/postgres-account.ts'
import { expectAtRest } from './testing/at-rest.ts'
import { startFaultyStack } from './testing/faulty-stack.ts'
import { sendCall } from './testing/send-call.ts'

const DISK_BYTES = 2_000_000

/** A disk of that size with a folder for the server; nothing where this account may mount none. */
async function mountSmallDisk(): Promise<{ disk: string; space: string } | undefined> {
  const disk = await mkdtemp(join(tmpdir(), 'lectern-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES},mode=0755`, 'none', disk], {
      stdio: 'ignore',
    })
  } catch {
    await rm(disk, { recursive: true })
    return undefined
  }
  onTestFinished(async () => {
    execFileSync('umount', ['--lazy', disk])
    await rm(disk, { recursive: true, force: true })
  })
  const space = join(disk, 'space')
  await mkdir(space, { mode: 0o700 })
  const account = await postgresAccount(disk)
  if (account) await chown(space, account.uid, account.gid)
  return { disk, space }
}

it('a rewrite for which the disk has no room is shown whole, stored in no part, and made again', async ({
  skip,
}) => {
  const small = await mountSmallDisk()
  if (small === undefined) return skip('no disk may be mounted here')
  const stack = await startFaultyStack({ LECTERN_ANSWER_CACHE_MB: '0' })
  onTestFinished(stack.close)
  const run = (statement: string) => stack.test.database.orm.execute(sql.raw(statement))
  await run(`create tablespace small location '${small.space}'`)
  onTestFinished(async () => {
    await run('alter table personalized_content_cache set tablespace pg_default')
    await run('drop tablespace small')
  })
  await run('alter table personalized_content_cache set tablespace small')
  const filler = join(small.disk, 'filler')
  await writeFile(filler, Buffer.alloc(DISK_BYTES)).catch(() => undefined)

  const learner = await stack.newLearner()
  const lesson = { method: 'POST', path: '/api/personalize', learner, body: upload(lessonBlocks()) }
  expect((await sendCall(stack.api.url, '', { ...lesson, streams: true })).status).toBe(200)
  expect(stack.api.complaints.join()).toContain('53100')
  expect(await run('select from personalized_content_cache')).toHaveLength(0)

  await rm(filler)
  stack.model.configure({})
  expect((await sendCall(stack.api.url, '', lesson)).status).toBe(200)
  expect(stack.model.requests).toHaveLength(4)
  await expectAtRest(stack)
  expect(await run('select from personalized_content_cache')).toHaveLength(4)
})
