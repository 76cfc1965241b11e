import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ChangedSite, Course, CourseList, Site, SiteHistory, StaffMember } from '@lectern/shared'
import Type from 'typebox'
import type { CourseStore } from '../courses/ports.ts'
import { removeCourse, saveCourse } from '../courses/save-course.ts'
import {
  addSite,
  removeSite,
  replaceSite,
  type SiteChangePorts,
  siteHistory,
  undoSiteChange,
} from '../sites/change-site.ts'
import type { AuthorizationPorts } from '../staff/authorize-staff.ts'
import { failures } from './failure-status.ts'
import { requireStaff, StaffHeaders, staffName } from './staff-authorization.ts'

const tags = ['staff']
const headers = StaffHeaders
const siteParams = Type.Object({ id: Site.properties.id })

export type StaffRoutePorts = {
  authorization: AuthorizationPorts
  changes: SiteChangePorts
  courses: CourseStore
}

/** What course staff do with the whitelist and their courses; each call needs a token. */
export const staffRoutes: FastifyPluginAsyncTypebox<{ ports: StaffRoutePorts }> = async (app, { ports }) => {
  const { authorization, changes, courses } = ports
  requireStaff(app, authorization)

  app.get(
    '/staff',
    {
      schema: {
        operationId: 'getStaffMember',
        summary: 'Read whose token it is and how long it holds',
        tags,
        headers,
        response: { 200: StaffMember, ...failures('not_authorized', 'too_many_requests') },
      },
    },
    ({ staff }) => ({
      name: staff?.name ?? '',
      expires_at: (staff?.expires_at ?? new Date(0)).toISOString(),
    }),
  )

  app.post(
    '/sites',
    {
      schema: {
        operationId: 'addSite',
        summary: 'Put a textbook on the whitelist',
        tags,
        headers,
        body: Site,
        response: {
          201: ChangedSite,
          ...failures('validation_failed', 'not_authorized', 'too_many_requests', 'site_exists'),
        },
      },
    },
    (request, reply) => {
      reply.code(201)
      return addSite(changes, request.body, staffName(request))
    },
  )

  app.put(
    '/sites/:id',
    {
      schema: {
        operationId: 'replaceSite',
        summary: 'Change a textbook of the whitelist',
        tags,
        headers,
        params: siteParams,
        body: Type.Omit(Site, ['id'], { additionalProperties: false }),
        response: {
          200: ChangedSite,
          ...failures('validation_failed', 'not_authorized', 'too_many_requests', 'site_not_found'),
        },
      },
    },
    (request) => replaceSite(changes, { ...request.body, id: request.params.id }, staffName(request)),
  )

  app.delete(
    '/sites/:id',
    {
      schema: {
        operationId: 'removeSite',
        summary: 'Take a textbook off the whitelist',
        tags,
        headers,
        params: siteParams,
        response: {
          200: ChangedSite,
          ...failures('validation_failed', 'not_authorized', 'too_many_requests', 'site_not_found'),
        },
      },
    },
    (request) => removeSite(changes, request.params.id, staffName(request)),
  )

  app.get(
    '/sites/:id/history',
    {
      schema: {
        operationId: 'getSiteHistory',
        summary: 'Read who changed a textbook of the whitelist, when, from what to what',
        tags,
        headers,
        params: siteParams,
        response: {
          200: SiteHistory,
          ...failures('validation_failed', 'not_authorized', 'too_many_requests', 'site_not_found'),
        },
      },
    },
    (request) => siteHistory(changes, request.params.id),
  )

  app.post(
    '/sites/:id/history/:change/undo',
    {
      schema: {
        operationId: 'undoSiteChange',
        summary: 'Make a textbook of the whitelist what it was before a change',
        tags,
        headers,
        params: Type.Object({
          ...siteParams.properties,
          change: Type.String({ pattern: '^[1-9]\\d{0,14}$' }),
        }),
        response: {
          200: ChangedSite,
          ...failures(
            'validation_failed',
            'not_authorized',
            'too_many_requests',
            'site_not_found',
            'site_exists',
            'not_found',
          ),
        },
      },
    },
    (request) =>
      undoSiteChange(changes, request.params.id, Number(request.params.change), staffName(request)),
  )

  app.get(
    '/courses',
    {
      schema: {
        operationId: 'listCourses',
        summary: 'List all courses',
        tags,
        headers,
        response: { 200: CourseList, ...failures('not_authorized', 'too_many_requests') },
      },
    },
    async () => ({ courses: await courses.list() }),
  )

  app.put(
    '/courses/:code',
    {
      schema: {
        operationId: 'saveCourse',
        summary: 'Make a course, or change which textbooks it has',
        tags,
        headers,
        params: Type.Object({ code: Course.properties.code }),
        body: Type.Omit(Course, ['code'], { additionalProperties: false }),
        response: {
          200: Course,
          ...failures('validation_failed', 'not_authorized', 'too_many_requests', 'site_not_found'),
        },
      },
    },
    (request) =>
      saveCourse({ courses, sites: changes.store }, { ...request.body, code: request.params.code }),
  )

  app.delete(
    '/courses/:code',
    {
      schema: {
        operationId: 'removeCourse',
        summary: 'Remove a course; its textbooks stay on the whitelist',
        tags,
        headers,
        params: Type.Object({ code: Course.properties.code }),
        response: {
          204: Type.Null(),
          ...failures('validation_failed', 'not_authorized', 'too_many_requests', 'course_not_found'),
        },
      },
    },
    async (request, reply) =>
      (await removeCourse(courses, request.params.code)) ?? reply.code(204).send(null),
  )
}
