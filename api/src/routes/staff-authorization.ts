import type { FailureCode } from '@lectern/shared'
import type { FastifyInstance, FastifyRequest, FastifySchema } from 'fastify'
import Type from 'typebox'
import { isFailure } from '../failure.ts'
import { type AuthorizationPorts, authorizeStaff } from '../staff/authorize-staff.ts'
import type { StaffToken } from '../staff/ports.ts'
import { failures } from './failure-status.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, on a route for staff. */
    staff: StaffToken | null
  }
}

const StaffHeaders = Type.Object({
  authorization: Type.Optional(Type.String({ maxLength: 300, description: 'Bearer and a staff token' })),
})

/** The schema of a route for staff: with its tag, and the header by which they are known. */
export function staffSchema<const S extends FastifySchema>(
  schema: S,
): S & { tags: string[]; headers: typeof StaffHeaders } {
  return { ...schema, tags: ['staff'], headers: StaffHeaders }
}

/** How a route for staff can fail beside these codes. */
export function staffFailures<Code extends FailureCode>(...codes: Code[]) {
  return failures<Code | 'not_authorized'>('not_authorized', ...codes)
}

/** Lets only staff reach the routes of this plugin; before their body is read. */
export function requireStaff(app: FastifyInstance, ports: AuthorizationPorts): void {
  app.decorateRequest('staff', null)
  app.addHook('onRequest', async (request, reply) => {
    const { authorization } = request.headers
    const staff = await authorizeStaff(ports, authorization, request.ip)
    if (!isFailure(staff)) request.staff = staff
    else {
      if (staff.error === 'not_authorized') reply.header('www-authenticate', 'Bearer')
      return reply.send(staff)
    }
  })
}

/** The name of who asks, on a route behind {@link requireStaff}. */
export function staffName({ staff }: FastifyRequest): string {
  if (staff === null) throw new Error('A route for staff was reached without authorization.')
  return staff.name
}
