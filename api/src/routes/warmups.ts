import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  Site,
  UsedProfiles,
  Warmup,
  WarmupChange,
  WarmupCreate,
  WarmupDetails,
  WarmupLesson,
  WarmupList,
} from '@lectern/shared'
import Type from 'typebox'
import type { AuthorizationPorts } from '../staff/authorize-staff.ts'
import {
  addWarmupLesson,
  changeWarmup,
  createWarmup,
  findWarmup,
  listWarmups,
  usedProfiles,
  type WarmupPorts,
} from '../warmups/warmups.ts'
import { requireStaff, staffFailures, staffName, staffSchema } from './staff-authorization.ts'

const params = Type.Object({ warmup_id: Warmup.properties.warmup_id })

/** How course staff let the rewrites of lessons be made before class. */
export const warmupRoutes: FastifyPluginAsyncTypebox<{
  authorization: AuthorizationPorts
  warmups: WarmupPorts
}> = async (app, { authorization, warmups }) => {
  requireStaff(app, authorization)

  app.post(
    '/warmups',
    {
      schema: staffSchema({
        operationId: 'createWarmup',
        summary: 'Begin to make rewrites of a textbook before class; its lessons come one by one',
        body: WarmupCreate,
        response: {
          201: Warmup,
          ...staffFailures('validation_failed', 'site_denied', 'site_not_found', 'warmups_unavailable'),
        },
      }),
    },
    (request, reply) => {
      reply.code(201)
      return createWarmup(warmups, request.body, staffName(request))
    },
  )

  app.get(
    '/warmups',
    {
      schema: staffSchema({
        operationId: 'listWarmups',
        summary: 'List the latest warm-ups and how far they are',
        response: { 200: WarmupList, ...staffFailures() },
      }),
    },
    () => listWarmups(warmups),
  )

  app.get(
    '/warmups/:warmup_id',
    {
      schema: staffSchema({
        operationId: 'getWarmup',
        summary: 'Read how far a warm-up is and what could not be made',
        params,
        response: {
          200: WarmupDetails,
          ...staffFailures('validation_failed', 'not_found'),
        },
      }),
    },
    (request) => findWarmup(warmups, request.params.warmup_id),
  )

  app.post(
    '/warmups/:warmup_id/lessons',
    {
      schema: staffSchema({
        operationId: 'addWarmupLesson',
        summary: 'Add a lesson to a warm-up, as the extension read it',
        params,
        body: WarmupLesson,
        response: {
          200: WarmupDetails,
          ...staffFailures(
            'validation_failed',
            'hash_mismatch',
            'site_not_listed',
            'site_denied',
            'not_found',
            'payload_too_large',
            'warmups_unavailable',
          ),
        },
      }),
    },
    (request) => addWarmupLesson(warmups, request.params.warmup_id, request.body),
  )

  app.put(
    '/warmups/:warmup_id',
    {
      schema: staffSchema({
        operationId: 'changeWarmup',
        summary: 'Pause a warm-up, let it go on, or cancel it',
        params,
        body: WarmupChange,
        response: {
          200: WarmupDetails,
          ...staffFailures('validation_failed', 'not_found'),
        },
      }),
    },
    (request) => changeWarmup(warmups, request.params.warmup_id, request.body),
  )

  app.get(
    '/sites/:id/profiles',
    {
      schema: staffSchema({
        operationId: 'listUsedProfiles',
        summary: 'List the profiles that most learners of a textbook have',
        params: Type.Object({ id: Site.properties.id }),
        response: {
          200: UsedProfiles,
          ...staffFailures('validation_failed', 'site_not_found'),
        },
      }),
    },
    (request) => usedProfiles(warmups, request.params.id),
  )
}
