import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  CacheCleared,
  PageQuery,
  PurgeQuery,
  ReportResolution,
  SeenLessons,
  Site,
  SiteReport,
  SiteReports,
  SiteReportsQuery,
  StaffSites,
  UsageQuery,
  UsageReport,
} from '@lectern/shared'
import Type from 'typebox'
import {
  lessonsOfSite,
  purgeSite,
  reportsOfSite,
  resolveReport,
  type SiteCarePorts,
  staffSites,
  usageOfSite,
} from '../sites/see-to-site.ts'
import type { AuthorizationPorts } from '../staff/authorize-staff.ts'
import { readUsage } from '../usage/site-usage.ts'
import { failures } from './failure-status.ts'
import { requireStaff, StaffHeaders, staffName } from './staff-authorization.ts'

const tags = ['staff']
const headers = StaffHeaders
const params = Type.Object({ id: Site.properties.id })
const ofSite = failures('validation_failed', 'not_authorized', 'too_many_requests', 'site_not_found')

/** How course staff see to their textbooks: what was used and read, what learners reported, what is made anew. */
export const siteCareRoutes: FastifyPluginAsyncTypebox<{
  authorization: AuthorizationPorts
  care: SiteCarePorts
}> = async (app, { authorization, care }) => {
  requireStaff(app, authorization)

  app.get(
    '/usage',
    {
      schema: {
        operationId: 'getUsage',
        summary: 'Read what was used in all, by day, and what the cache saved',
        tags,
        headers,
        querystring: UsageQuery,
        response: {
          200: UsageReport,
          ...failures('validation_failed', 'not_authorized', 'too_many_requests'),
        },
      },
    },
    (request) => readUsage(care.usage, undefined, request.query),
  )

  app.get(
    '/staff/sites',
    {
      schema: {
        operationId: 'listStaffSites',
        summary: 'List the whitelisted textbooks with all fields and what was used of each today',
        tags,
        headers,
        response: { 200: StaffSites, ...failures('not_authorized', 'too_many_requests') },
      },
    },
    () => staffSites(care),
  )

  app.get(
    '/sites/:id/usage',
    {
      schema: {
        operationId: 'getSiteUsage',
        summary: 'Read what was used of a textbook, by day, and what the cache saved',
        tags,
        headers,
        params,
        querystring: UsageQuery,
        response: { 200: UsageReport, ...ofSite },
      },
    },
    (request) => usageOfSite(care, request.params.id, request.query),
  )

  app.get(
    '/sites/:id/lessons',
    {
      schema: {
        operationId: 'listSeenLessons',
        summary: 'List the lessons of a textbook that were read',
        tags,
        headers,
        params,
        querystring: PageQuery,
        response: { 200: SeenLessons, ...ofSite },
      },
    },
    (request) => lessonsOfSite(care, request.params.id, request.query),
  )

  app.get(
    '/sites/:id/reports',
    {
      schema: {
        operationId: 'listReports',
        summary: 'List the problems that learners reported of a textbook',
        tags,
        headers,
        params,
        querystring: SiteReportsQuery,
        response: { 200: SiteReports, ...ofSite },
      },
    },
    (request) => reportsOfSite(care, request.params.id, request.query),
  )

  app.put(
    '/sites/:id/reports/:report_id',
    {
      schema: {
        operationId: 'resolveReport',
        summary: 'Note that a reported problem was seen to, or that it is open again',
        tags,
        headers,
        params: Type.Object({ ...params.properties, report_id: SiteReport.properties.report_id }),
        body: ReportResolution,
        response: {
          200: SiteReport,
          ...failures('validation_failed', 'not_authorized', 'too_many_requests', 'not_found'),
        },
      },
    },
    (request) => {
      const { id, report_id } = request.params
      return resolveReport(care, id, report_id, request.body.resolved ? staffName(request) : undefined)
    },
  )

  app.delete(
    '/sites/:id/rewrites',
    {
      schema: {
        operationId: 'purgeRewrites',
        summary: 'Delete the stored rewrites of a textbook or of one lesson, so that they are made anew',
        tags,
        headers,
        params,
        querystring: PurgeQuery,
        response: { 200: CacheCleared, ...ofSite },
      },
    },
    (request) => purgeSite(care, request.params.id, request.query.lesson_hash),
  )
}
