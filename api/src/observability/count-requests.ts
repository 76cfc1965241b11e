import type { FastifyInstance } from 'fastify'
import type { Metrics } from './metrics.ts'

/** Counts each request when its answer has left, by the route's pattern: an address would hold ids. */
export function countRequests(app: FastifyInstance, metrics: Pick<Metrics, 'request'>): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request
    metrics.request(method, routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1000)
    done()
  })
}
