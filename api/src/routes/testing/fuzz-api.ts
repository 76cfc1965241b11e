import fc, { type Arbitrary } from 'fast-check'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { expect } from 'vitest'
import { arbitraryOf, fieldOf, type JsonSchema, type KnownValues, mutantOf } from './schema-arbitrary.ts'

type Content = Record<string, { schema: TSchema }>
type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: JsonSchema }
export type FuzzedOperation = {
  method: string
  path: string
  operationId: string
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { content?: Content }>
}
/** Who asks, and what there is to be found. */
export type FuzzedWorld = { credentials: Record<string, string>; known: KnownValues }

/** Where a request goes, and with which headers and body. */
type Sent = { target: string; headers: Record<string, string>; body?: unknown }

/** All operations that the API describes. */
export async function fuzzedOperations(url: string): Promise<FuzzedOperation[]> {
  type Document = { paths: Record<string, Record<string, Omit<FuzzedOperation, 'method' | 'path'>>> }
  const { paths } = (await (await fetch(`${url}/api/openapi.json`)).json()) as Document
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      ...operation,
    })),
  )
}

/**
 * Sends so many random requests to an operation: half as its description allows, half with one thing changed. Each
 * answer must be one that the description has, below 500, with a body that fits it. Gives how often each status came.
 */
export async function fuzzOperation(
  url: string,
  operation: FuzzedOperation,
  { credentials, known }: FuzzedWorld,
  runs: number,
): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {}
  const validators = new Map(
    Object.entries(operation.responses).map(([status, of]) => [status, validatorOf(of.content)]),
  )
  const send = async ({ target, headers, body }: Sent) => {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const answer = await fetch(url + target, {
      method: operation.method,
      headers: {
        ...credentials,
        ...headers,
        ...(text !== undefined && { 'content-type': 'application/json' }),
      },
      ...(text !== undefined && { body: text }),
    })
    const read = await answer.text()
    const what = `${operation.method} ${target} ${text?.slice(0, 300)}: ${answer.status} ${read.slice(0, 300)}`
    expect(answer.status, what).toBeLessThan(500)
    expect(operation.responses, what).toHaveProperty(String(answer.status))
    expect(validators.get(String(answer.status))?.(read) ?? true, what).toBe(true)
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
  }
  await fc.assert(fc.asyncProperty(requestsOf(operation, known), send), {
    numRuns: runs,
    seed: 8,
    interruptAfterTimeLimit: 300_000,
  })
  return statuses
}

/** Whether a body is what is described; all is where that is no JSON. */
function validatorOf(content: Content | undefined): ((text: string) => boolean) | undefined {
  const schema = content?.['application/json']?.schema
  if (schema === undefined) return undefined
  const validator = Compile(schema)
  return (text) => validator.Check(JSON.parse(text))
}

function requestsOf(
  { path, parameters = [], requestBody }: FuzzedOperation,
  known: KnownValues,
): Arbitrary<Sent> {
  const schema = requestBody?.content['application/json']?.schema as JsonSchema | undefined
  const body = schema && arbitraryOf(schema, known)
  const bodies = body
    ? fc.oneof(
        body,
        mutantOf(body).map(({ value }) => value),
      )
    : fc.constant(undefined)
  return fc
    .record({
      path: partOf(parameters, 'path', known),
      query: partOf(parameters, 'query', known),
      body: bodies,
    })
    .map(({ path: names, query, body: sent }) => {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(names[name] ?? 'x'),
      )
      const search = new URLSearchParams(query).toString()
      return { target: search === '' ? filled : `${filled}?${search}`, headers: {}, body: sent }
    })
}

/** Values of the parameters of a path or a query; now and then something else. */
function partOf(
  parameters: readonly Parameter[],
  part: Parameter['in'],
  known: KnownValues,
): Arbitrary<Record<string, string>> {
  const odd = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    fc.constantFrom('\0', '../..', '%', '__proto__', 'x'.repeat(90), '-1', '1e9', '[]'),
  )
  const taken = parameters.filter((parameter) => parameter.in === part)
  const values = taken.map(({ name, schema }): [string, Arbitrary<string>] => [
    name,
    fc.oneof(
      { weight: 4, arbitrary: fieldOf(name, schema, known).map(String) },
      { weight: 1, arbitrary: odd },
    ),
  ])
  const required = taken
    .filter(({ required: must, in: where }) => must || where === 'path')
    .map(({ name }) => name)
  return fc.record(Object.fromEntries(values), { requiredKeys: required }) as Arbitrary<
    Record<string, string>
  >
}
