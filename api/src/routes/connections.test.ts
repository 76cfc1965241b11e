import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startStandInModel } from '../../load/stand-in-model.ts'
import { openTestDatabase } from '../test-api.ts'
import { startApiProcess } from './testing/api-process.ts'
import { callEverything } from './testing/every-call.ts'
import { answers, newLearner } from './testing/learner-calls.ts'
import { lessonBlocks, upload } from './testing/lesson-api.ts'
import { makeStaffToken } from './testing/staff-calls.ts'

const hook = new URL('./testing/log-connections.ts', import.meta.url).href

it('opens no connection but to the database and the model, whatever is called', async () => {
  await using made = new AsyncDisposableStack()
  onTestFinished(() => made.disposeAsync())
  const [test, model] = [await openTestDatabase(), await startStandInModel()]
  made.defer(() => test.close())
  made.defer(() => model.close())
  const folder = await mkdtemp(join(tmpdir(), 'lectern-connections-'))
  made.defer(() => rm(folder, { recursive: true }))
  const file = join(folder, 'connections')
  const api = await startApiProcess({
    DATABASE_URL: test.url,
    OPENAI_BASE_URL: model.url,
    LLM_MODEL: 'stand-in',
    OPENAI_API_KEY: 'none',
    // As a machine would that has one: a proxy of the environment is no reason to go elsewhere either.
    NO_PROXY: '*',
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${hook}`,
    CONNECTIONS_LOG: file,
  })
  made.defer(() => api.end('SIGTERM'))

  const { token } = await makeStaffToken(test)
  const statuses = await callEverything(api.url, token)
  const reader = await newLearner(api.url, answers)
  const read = await api.stream('/api/personalize', reader, upload(lessonBlocks()))
  await api.end('SIGTERM')

  expect([statuses.get(200), read.at(-1)?.event]).toEqual([expect.any(Number), 'done'])
  const opened = new Set((await readFile(file, 'utf8')).trim().split('\n'))
  expect([...opened].toSorted()).toEqual([hostOf(test.url), hostOf(model.url)].toSorted())
})

function hostOf(url: string): string {
  const { hostname, port } = new URL(url)
  return `${hostname}:${port}`
}
