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
import { requireStaff, staffFailures, staffName, staffSchema } from './staff-authorization.ts'

const params = Type.Object({ id: Site.properties.id })
const ofSite = staffFailures('validation_failed', 'site_not_found')

/** How course staff see to their textbooks: what was used and read, what learners reported, what is made anew. */
export const siteCareRoutes: FastifyPluginAsyncTypebox<{
  authorization: AuthorizationPorts
  care: SiteCarePorts
}> = async (app, { authorization, care }) => {
  requireStaff(app, authorization)

  app.get(
    '/usage',
    {
      schema: staffSchema({
        operationId: 'getUsage',
        summary: 'Read what was used in all, by day, and what the cache saved',
        querystring: UsageQuery,
        response: {
          200: UsageReport,
          ...staffFailures('validation_failed'),
        },
      }),
    },
    (request) => readUsage(care.usage, undefined, request.query),
  )

  app.get(
    '/staff/sites',
    {
      schema: staffSchema({
        operationId: 'listStaffSites',
        summary: 'List the whitelisted textbooks with all fields and what was used of each today',
        response: { 200: StaffSites, ...staffFailures() },
      }),
    },
    () => staffSites(care),
  )

  app.get(
    '/sites/:id/usage',
    {
      schema: staffSchema({
        operationId: 'getSiteUsage',
        summary: 'Read what was used of a textbook, by day, and what the cache saved',
        params,
        querystring: UsageQuery,
        response: { 200: UsageReport, ...ofSite },
      }),
    },
    (request) => usageOfSite(care, request.params.id, request.query),
  )

  app.get(
    '/sites/:id/lessons',
    {
      schema: staffSchema({
        operationId: 'listSeenLessons',
        summary: 'List the lessons of a textbook that were read',
        params,
        querystring: PageQuery,
        response: { 200: SeenLessons, ...ofSite },
      }),
    },
    (request) => lessonsOfSite(care, request.params.id, request.query),
  )

  app.get(
    '/sites/:id/reports',
    {
      schema: staffSchema({
        operationId: 'listReports',
        summary: 'List the problems that learners reported of a textbook',
        params,
        querystring: SiteReportsQuery,
        response: { 200: SiteReports, ...ofSite },
      }),
    },
    (request) => reportsOfSite(care, request.params.id, request.query),
  )

  app.put(
    '/sites/:id/reports/:report_id',
    {
      schema: staffSchema({
        operationId: 'resolveReport',
        summary: 'Note that a reported problem was seen to, or that it is open again',
        params: Type.Object({ ...params.properties, report_id: SiteReport.properties.report_id }),
        body: ReportResolution,
        response: {
          200: SiteReport,
          ...staffFailures('validation_failed', 'not_found'),
        },
      }),
    },
    (request) => {
      const { id, report_id } = request.params
      return resolveReport(care, id, report_id, request.body.resolved ? staffName(request) : undefined)
    },
  )

  app.delete(
    '/sites/:id/rewrites',
    {
      schema: staffSchema({
        operationId: 'purgeRewrites',
        summary: 'Delete the stored rewrites of a textbook or of one lesson, so that they are made anew',
        params,
        querystring: PurgeQuery,
        response: { 200: CacheCleared, ...ofSite },
      }),
    },
    (request) => purgeSite(care, request.params.id, request.query.lesson_hash),
  )
}
