import { failureCodes } from '@lectern/shared'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../test-api.ts'

type Content = Record<string, { schema: TSchema }>
type Operation = {
  operationId: string
  summary: string
  tags: string[]
  parameters?: { name: string; in: string; required?: boolean; schema: TSchema; description?: string }[]
  requestBody?: { required: boolean; content: Content }
  responses: Record<string, { description: string; content?: Content }>
}
type Document = { openapi: string; paths: Record<string, Record<string, Operation>> }

let api: TestApi
let document: Document
let operations: [call: string, operation: Operation][]

beforeAll(async () => {
  api = await startTestApi()
  document = (await (await fetch(`${api.url}/api/openapi.json`)).json()) as Document
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  )
})
afterAll(() => api.close())

describe('/api/openapi.json', () => {
  it('is OpenAPI 3.1 and names every call', () => {
    expect(document.openapi).toBe('3.1.0')
    const calls = operations.map(([call]) => call)
    for (const call of [
      'POST /api/user/create',
      'GET /api/user/{user_id}',
      'DELETE /api/user/{user_id}',
      'GET /api/user/{user_id}/export',
      'GET /api/progress',
      'PUT /api/progress',
      'POST /api/reports',
      'GET /api/courses/{code}',
      'GET /course/{code}',
      'POST /api/onboarding',
      'GET /api/user/preferences',
      'PUT /api/user/preferences',
      'DELETE /api/personalize/cache',
      'GET /api/sites',
      'GET /api/staff/sites',
      'GET /api/usage',
      'GET /api/sites/{id}/usage',
      'GET /api/sites/{id}/lessons',
      'GET /api/sites/{id}/reports',
      'PUT /api/sites/{id}/reports/{report_id}',
      'DELETE /api/sites/{id}/rewrites',
      'GET /api/sites/{id}/profiles',
      'POST /api/warmups',
      'GET /api/warmups',
      'GET /api/warmups/{warmup_id}',
      'PUT /api/warmups/{warmup_id}',
      'POST /api/warmups/{warmup_id}/lessons',
      'GET /api/lectern.schema.json',
      'GET /api/openapi.json',
      'GET /livez',
      'GET /readyz',
    ])
      expect(calls).toContain(call)
  })

  it('describes each call: a name of its own, every response, every parameter of its path', () => {
    const ids = operations.map(([, { operationId }]) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [call, { summary, tags, responses, parameters = [] }] of operations) {
      expect(summary, call).toMatch(/^[A-Z]/)
      expect(tags, call).toHaveLength(1)
      expect(
        Object.keys(responses).filter((status) => status.startsWith('2')),
        call,
      ).toHaveLength(1)
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`)
      expect(call.match(/\{\w+\}/g) ?? [], call).toEqual(inPath)
    }
  })

  it('says of each failure under which codes it comes', () => {
    const codes: readonly string[] = failureCodes
    for (const [call, { responses }] of operations)
      for (const [status, { description }] of Object.entries(responses)) {
        if (Number(status) < 400) expect(description, call).not.toBe('Default Response')
        else
          expect(
            description.split(', ').filter((code) => !codes.includes(code)),
            `${call} ${status}`,
          ).toEqual([])
      }
  })

  it('asks for the learner as X-User-ID', () => {
    const withHeader = operations.filter(([, { parameters = [] }]) =>
      parameters.some((parameter) => parameter.name === 'X-User-ID' && parameter.in === 'header'),
    )
    expect(withHeader.map(([call]) => call)).toEqual(
      expect.arrayContaining([
        'GET /api/user/preferences',
        'PUT /api/user/preferences',
        'DELETE /api/personalize/cache',
      ]),
    )
    for (const [, { parameters = [] }] of withHeader)
      expect(parameters.find(({ name }) => name === 'X-User-ID')).toMatchObject({ description: 'UUID v4' })
  })

  it('holds schemas that can be used', () => {
    const schemas = operations.flatMap(([, { parameters = [], requestBody, responses }]) => [
      ...parameters.map(({ schema }) => schema),
      ...[requestBody, ...Object.values(responses)].flatMap((part) =>
        Object.values(part?.content ?? {}).map(({ schema }) => schema),
      ),
    ])
    expect(schemas.length).toBeGreaterThan(operations.length)
    for (const schema of schemas) {
      expect(schema).toBeTypeOf('object')
      expect(() => Compile(schema)).not.toThrow()
    }
  })
})
