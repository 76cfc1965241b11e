import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { isFailure } from '../failure.ts'
import { type AuthorizationPorts, authorizeStaff } from '../staff/authorize-staff.ts'
import type { StaffToken } from '../staff/ports.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, on a route for staff. */
    staff: StaffToken | null
  }
}

/** Documented on each route for staff. */
export const StaffHeaders = Type.Object({
  authorization: Type.Optional(Type.String({ maxLength: 300, description: 'Bearer and a staff token' })),
})

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
