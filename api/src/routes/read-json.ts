import type { Failure } from '@lectern/shared'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { boundJson } from './bound-json.ts'

/** A body that is JSON and still cannot be looked at. */
export class UnfitBodyError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super('A body is out of bounds.')
    this.failure = failure
  }
}

type Done = (error: Error | null, body?: unknown) => void

/** Reads a body's text as JSON within bounds; `__proto__` and `constructor` are refused in it. */
export function jsonReader(
  app: FastifyInstance,
): (request: FastifyRequest, text: string, done: Done) => void {
  const parse = app.getDefaultJsonParser('error', 'error')
  return (request, text, done) => {
    void parse(request, text, (error, body: unknown) => {
      const unfit = error ? undefined : boundJson(body)
      done(unfit === undefined ? error : new UnfitBodyError(unfit), body)
    })
  }
}

/** Takes JSON alone as the body of any route. */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, jsonReader(app))
}
