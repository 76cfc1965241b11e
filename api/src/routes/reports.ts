import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ReportCreate, ReportMade } from '@lectern/shared'
import { type ReportPorts, reportProblem } from '../reports/report-problem.ts'
import { failures } from './failure-status.ts'
import { LearnerHeaders } from './learner-header.ts'

export const reportRoutes: FastifyPluginAsyncTypebox<{ reporting: ReportPorts }> = async (
  app,
  { reporting },
) => {
  app.post(
    '/reports',
    {
      schema: {
        operationId: 'reportProblem',
        summary: 'Report a problem of a lesson to its site’s staff',
        tags: ['lesson'],
        headers: LearnerHeaders,
        body: ReportCreate,
        response: {
          201: ReportMade,
          ...failures(
            'missing_user',
            'validation_failed',
            'user_not_found',
            'site_not_listed',
            'site_denied',
            'too_many_requests',
          ),
        },
      },
    },
    (request, reply) => {
      reply.code(201)
      return reportProblem(reporting, request.headers['x-user-id'], request.body)
    },
  )
}
