import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { SiteList } from '@lectern/shared'
import Type from 'typebox'
import type { SiteDirectory } from '../sites/site-directory.ts'
import { failures } from './failure-status.ts'

/** No body at all; as a schema the type null is what says so. */
const NotChanged = Type.Unsafe<undefined>({ type: 'null', description: 'Not changed' })

export const siteRoutes: FastifyPluginAsyncTypebox<{ sites: SiteDirectory }> = async (app, { sites }) => {
  app.get(
    '/sites',
    {
      schema: {
        operationId: 'listSites',
        summary: 'List the whitelisted textbooks',
        tags: ['sites'],
        headers: Type.Object({ 'if-none-match': Type.Optional(Type.String()) }),
        response: { 200: SiteList, 304: NotChanged, ...failures() },
      },
    },
    async (request, reply) => {
      const listing = await sites.list()
      reply.header('etag', listing.etag).header('cache-control', 'public, max-age=60')
      if (names(request.headers['if-none-match'], listing.etag)) return reply.code(304).send(undefined)
      return { sites: listing.sites }
    },
  )
}

/** Whether an If-None-Match names the tag, by the weak comparison that RFC 9110 asks for. */
function names(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes(etag) || tags.includes('*')
}
