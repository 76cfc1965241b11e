import { readFile } from 'node:fs/promises'
import { collectDefaultMetrics } from 'prom-client'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { lessonBlocks, startLessonApi, stream, upload } from '../routes/testing/lesson-api.ts'
import { serveMetrics } from './serve-metrics.ts'

const prices = { prompt: 1, completion: 2 }
const one = await startLessonApi({}, { budgets: { limits: {}, prices } })
const two = await startLessonApi({}, { beside: one.api })
afterAll(async () => {
  await two.close()
  await one.close()
})

const textOf = ({ api }: typeof one) => api.metrics.registry.metrics()

/** The value of a line of the text form. */
async function figureOf(of: typeof one, name: string): Promise<number> {
  const line = (await textOf(of)).split('\n').find((candidate) => candidate.startsWith(`${name} `))
  return Number(line?.slice(name.length + 1) ?? Number.NaN)
}

describe('metrics', () => {
  it('count requests, sections, leases, tokens and cost, and name no learner and no lesson', async () => {
    const [first, second] = [await one.learner(), await one.learner()]
    const lesson = upload(lessonBlocks())
    one.model.configure({ ttft_ms: 500 })
    const made = one.personalize(first, lesson)
    await expect.poll(() => one.model.requests.length).toBe(4)
    expect(await figureOf(one, 'lectern_sections_in_work{state="making"}')).toBe(4)
    const [, followed] = await Promise.all([made, two.personalize(second, lesson)])
    await one.personalize(second, lesson)
    await one.api.usage.flush()
    expect(followed.sections).toHaveLength(4)

    expect(await figureOf(one, 'lectern_sections_total{how="made"}')).toBe(4)
    expect(await figureOf(two, 'lectern_sections_total{how="shared"}')).toBe(4)
    expect(await figureOf(one, 'lectern_sections_total{how="stored"}')).toBe(4)
    expect(await figureOf(one, 'lectern_leases_total{event="led"}')).toBe(4)
    expect(await figureOf(two, 'lectern_leases_total{event="followed"}')).toBe(4)
    expect(await figureOf(one, 'lectern_model_calls_total')).toBe(4)
    expect(await figureOf(one, 'lectern_tokens_total{kind="completion"}')).toBeGreaterThan(0)
    expect(await figureOf(one, 'lectern_cost_total')).toBeGreaterThan(0)
    expect(await figureOf(one, 'lectern_sections_in_work{state="making"}')).toBe(0)
    expect(await figureOf(one, 'lectern_breaker_open')).toBe(0)
    expect(await figureOf(one, 'lectern_database_queries_under_way')).toBe(0)
    const requests = 'lectern_request_seconds_count{method="POST",route="/api/personalize",status="200"}'
    expect(await figureOf(one, requests)).toBe(2)

    for (const secret of [first, second, String(lesson.sections[0]?.hash)])
      expect(await textOf(one)).not.toContain(secret)
  })

  it('tell of a model that fails, and /readyz says that it is left alone, with all else in order', async () => {
    one.model.configure({ faults: [{ kind: 'status_401', times: 100 }] })
    const reader = await one.learner({ education_level: 'professional' })
    await one.send('POST', '/api/personalize', reader, upload(lessonBlocks()), stream).then((r) => r.text())
    await one.send('POST', '/api/personalize', reader, upload(lessonBlocks()), stream).then((r) => r.text())
    expect(await figureOf(one, 'lectern_breaker_open')).toBe(1)
    const ready = await one.send('GET', '/readyz')
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ok', database: 'ok', migrations: 'ok', model: 'left_alone' },
    ])
    expect(await (await one.send('GET', '/livez')).json()).toEqual({ status: 'ok' })
  })

  it('are served on a port of their own alone', async () => {
    expect((await one.send('GET', '/metrics')).status).toBe(404)
    const served = await serveMetrics({ host: '127.0.0.1', port: 0 }, () => textOf(one))
    onTestFinished(served.close)
    const answer = await fetch(served.url)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=/)
    expect(await answer.text()).toContain('lectern_connections')
    expect((await fetch(served.url.replace('/metrics', '/api/sites'))).status).toBe(404)
    expect((await fetch(served.url, { method: 'POST' })).status).toBe(404)
  })

  it('that cannot be gathered are no reason to end', async () => {
    const served = await serveMetrics({ host: '127.0.0.1', port: 0 }, () => Promise.reject(new Error()))
    onTestFinished(served.close)
    expect((await fetch(served.url)).status).toBe(503)
    expect((await fetch(served.url)).status).toBe(503)
  })
})

describe('the Grafana dashboard', () => {
  it('names metrics and labels that there are', async () => {
    const { registry } = one.api.metrics
    collectDefaultMetrics({ register: registry })
    const known = new Map<string, readonly string[]>()
    for (const { name, labelNames = [] } of registry.getMetricsAsArray() as {
      name: string
      labelNames?: string[]
    }[])
      known.set(name, labelNames)
    const file = await readFile(new URL('../../operations/grafana.json', import.meta.url), 'utf8')
    const dashboard = JSON.parse(file) as { panels: { targets: { expr: string }[] }[] }
    const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
    expect(expressions.length).toBeGreaterThan(15)
    const named = new Set<string>()
    for (const expr of expressions) {
      const names = expr.match(/\b(lectern|nodejs|process)_[a-z0-9_]+/g) ?? []
      expect(names, expr).not.toEqual([])
      for (const name of names) {
        const metric = known.has(name) ? name : name.replace(/_(bucket|count|sum)$/, '')
        expect(known.has(metric), `${metric} in ${expr}`).toBe(true)
        named.add(metric)
        const labels = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', '))
        for (const label of labels.filter((label) => label !== 'le'))
          expect(known.get(metric), `${label} in ${expr}`).toContain(label)
      }
    }
    const ours = [...known.keys()].filter((name) => name.startsWith('lectern_'))
    expect(ours.filter((name) => !named.has(name))).toEqual([])
  })
})
