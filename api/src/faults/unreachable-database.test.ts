import { expect, it, onTestFinished } from 'vitest'
import { lessonBlocks, upload } from '../routes/testing/lesson-api.ts'
import { expectAtRest } from './testing/at-rest.ts'
import { openStack, startFaultyStack } from './testing/faulty-stack.ts'
import { expectDoneOrAway, sendCall } from './testing/send-call.ts'

it('a database that comes after the API is waited for', async () => {
  const opened = await openStack()
  onTestFinished(opened.close)
  await opened.proxy.away()
  const starting = opened.launch()
  await expect.poll(() => starting.said()).toMatch(/Nothing answers at 127\.0\.0\.1:\d+ yet: waiting/)
  await opened.proxy.back()
  const api = await starting.started
  expect((await api.send('GET', '/readyz')).status).toBe(200)
})

it('a database that does not come is said to be away, with what to do', async () => {
  const opened = await openStack()
  onTestFinished(opened.close)
  await opened.proxy.away()
  const starting = opened.launch({ LECTERN_DATABASE_WAIT_SECONDS: '1' })
  await expect(starting.started).rejects.toThrow(/start that PostgreSQL, or correct DATABASE_URL\.\n$/)
})

it('a database that was away for long is used as soon as it is back, and nothing is left of the time between', async () => {
  const stack = await startFaultyStack()
  onTestFinished(stack.close)
  const { api, proxy } = stack
  const learner = await stack.newLearner()
  const lesson = { method: 'POST', path: '/api/personalize', learner, body: upload(lessonBlocks()) }
  await proxy.away()
  for (let calls = 0; calls < 30; calls++) {
    const answer = await sendCall(api.url, '', lesson)
    expect(answer.status).toBe(503)
    expectDoneOrAway(answer)
  }
  expect((await api.send('GET', '/livez')).status).toBe(200)
  expect((await api.send('GET', '/readyz')).status).toBe(503)
  await proxy.back()
  const start = performance.now()
  await expect.poll(async () => (await api.send('GET', '/readyz')).status).toBe(200)
  // At most a second passes before it is tried again.
  expect(performance.now() - start).toBeLessThan(10_000)
  expect((await sendCall(api.url, '', lesson)).status).toBe(200)
  await expectAtRest(stack)
})
