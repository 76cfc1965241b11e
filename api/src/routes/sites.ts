import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { publicSite, SiteList } from '@lectern/shared'
import Type from 'typebox'
import type { SiteDirectory } from '../sites/site-directory.ts'
import { entityTag, NotChanged, namesEntityTag } from './entity-tag.ts'
import { failures } from './failure-status.ts'

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
      const list = { sites: (await sites.list()).map(publicSite) }
      const etag = entityTag(list)
      reply.headers({ etag, 'cache-control': 'public, max-age=60' })
      return namesEntityTag(request.headers['if-none-match'], etag) ? reply.code(304).send(undefined) : list
    },
  )
}
