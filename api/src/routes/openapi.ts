import swagger from '@fastify/swagger'
import type { FastifyInstance, FastifySchema } from 'fastify'
import Type from 'typebox'
import { headerNames } from './learner-header.ts'

/** Describes all routes that are registered after this at /api/openapi.json, from their schemas. */
export async function describeRoutes(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Lectern',
        version: '0.1.0',
        description:
          'Rewrites lessons for a learner. The learner is the header X-User-ID, a UUID v4 that the client has made. ' +
          'Any failure is `{ error, message, detail? }`.',
      },
    },
    transform: ({ schema, url }) => ({ schema: describeResponses(nameHeaders(schema ?? {})), url }),
  })
  let document: string | undefined
  app.get(
    '/api/openapi.json',
    {
      schema: {
        operationId: 'describeApi',
        summary: 'This description, in OpenAPI 3.1',
        tags: ['health'],
        response: { 200: Type.Object({}, { additionalProperties: true }) },
      },
    },
    (_request, reply) => {
      document ??= JSON.stringify(app.swagger())
      return reply.header('cache-control', 'public, max-age=300').type('application/json').send(document)
    },
  )
}

/** Schemas name headers in lower case, as Node does; readers know ours otherwise. */
function nameHeaders(schema: FastifySchema): FastifySchema {
  const headers = schema.headers as { properties?: Record<string, unknown>; required?: string[] } | undefined
  if (!headers?.properties) return schema
  const known = (name: string) => headerNames[name] ?? name
  const named = Object.entries(headers.properties).map(([name, property]) => [known(name), property])
  const properties = Object.fromEntries(named)
  const required = headers.required?.map(known)
  return { ...schema, headers: { ...headers, properties, ...(required && { required }) } }
}

/** OpenAPI requires a description of every response: where the schema has none, what the call does. */
function describeResponses(schema: FastifySchema): FastifySchema {
  const responses = Object.entries((schema.response ?? {}) as Record<string, object>)
  const described = responses.map(([status, body]) => [status, { description: schema.summary, ...body }])
  return { ...schema, response: Object.fromEntries(described) }
}
