import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { siteFileSchema } from '@lectern/shared'
import Type from 'typebox'

/** The JSON Schema of the file by which a textbook says what it asks of Lectern: for its owner's editor. */
export const siteFileSchemaRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/lectern.schema.json',
    {
      schema: {
        operationId: 'describeSiteFile',
        summary: 'The JSON Schema of lectern.json, which a textbook may serve',
        tags: ['sites'],
        response: { 200: Type.Object({}, { additionalProperties: true }) },
      },
    },
    async (_request, reply) => reply.header('cache-control', 'public, max-age=300').send(siteFileSchema),
  )
}
