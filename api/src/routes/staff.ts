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
import { refuseUnstorableText } from './bound-json.ts'
import { requireStaff, staffFailures, staffName, staffSchema } from './staff-authorization.ts'

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
  refuseUnstorableText(app)

  app.get(
    '/staff',
    {
      schema: staffSchema({
        operationId: 'getStaffMember',
        summary: 'Read whose token it is and how long it holds',
        response: { 200: StaffMember, ...staffFailures() },
      }),
    },
    ({ staff }) => ({
      name: staff?.name ?? '',
      expires_at: (staff?.expires_at ?? new Date(0)).toISOString(),
    }),
  )

  app.post(
    '/sites',
    {
      schema: staffSchema({
        operationId: 'addSite',
        summary: 'Put a textbook on the whitelist',
        body: Site,
        response: {
          201: ChangedSite,
          ...staffFailures('validation_failed', 'site_exists'),
        },
      }),
    },
    (request, reply) => {
      reply.code(201)
      return addSite(changes, request.body, staffName(request))
    },
  )

  app.put(
    '/sites/:id',
    {
      schema: staffSchema({
        operationId: 'replaceSite',
        summary: 'Change a textbook of the whitelist',
        params: siteParams,
        body: Type.Omit(Site, ['id'], { additionalProperties: false }),
        response: {
          200: ChangedSite,
          ...staffFailures('validation_failed', 'site_not_found'),
        },
      }),
    },
    (request) => replaceSite(changes, { ...request.body, id: request.params.id }, staffName(request)),
  )

  app.delete(
    '/sites/:id',
    {
      schema: staffSchema({
        operationId: 'removeSite',
        summary: 'Take a textbook off the whitelist',
        params: siteParams,
        response: {
          200: ChangedSite,
          ...staffFailures('validation_failed', 'site_not_found'),
        },
      }),
    },
    (request) => removeSite(changes, request.params.id, staffName(request)),
  )

  app.get(
    '/sites/:id/history',
    {
      schema: staffSchema({
        operationId: 'getSiteHistory',
        summary: 'Read who changed a textbook of the whitelist, when, from what to what',
        params: siteParams,
        response: {
          200: SiteHistory,
          ...staffFailures('validation_failed', 'site_not_found'),
        },
      }),
    },
    (request) => siteHistory(changes, request.params.id),
  )

  app.post(
    '/sites/:id/history/:change/undo',
    {
      schema: staffSchema({
        operationId: 'undoSiteChange',
        summary: 'Make a textbook of the whitelist what it was before a change',
        params: Type.Object({
          ...siteParams.properties,
          change: Type.String({ pattern: '^[1-9]\\d{0,14}$' }),
        }),
        response: {
          200: ChangedSite,
          ...staffFailures('validation_failed', 'site_not_found', 'site_exists', 'not_found'),
        },
      }),
    },
    (request) =>
      undoSiteChange(changes, request.params.id, Number(request.params.change), staffName(request)),
  )

  app.get(
    '/courses',
    {
      schema: staffSchema({
        operationId: 'listCourses',
        summary: 'List all courses',
        response: { 200: CourseList, ...staffFailures() },
      }),
    },
    async () => ({ courses: await courses.list() }),
  )

  app.put(
    '/courses/:code',
    {
      schema: staffSchema({
        operationId: 'saveCourse',
        summary: 'Make a course, or change which textbooks it has',
        params: Type.Object({ code: Course.properties.code }),
        body: Type.Omit(Course, ['code'], { additionalProperties: false }),
        response: {
          200: Course,
          ...staffFailures('validation_failed', 'site_not_found'),
        },
      }),
    },
    (request) =>
      saveCourse({ courses, sites: changes.store }, { ...request.body, code: request.params.code }),
  )

  app.delete(
    '/courses/:code',
    {
      schema: staffSchema({
        operationId: 'removeCourse',
        summary: 'Remove a course; its textbooks stay on the whitelist',
        params: Type.Object({ code: Course.properties.code }),
        response: {
          204: Type.Null(),
          ...staffFailures('validation_failed', 'course_not_found'),
        },
      }),
    },
    async (request, reply) =>
      (await removeCourse(courses, request.params.code)) ?? reply.code(204).send(null),
  )
}
