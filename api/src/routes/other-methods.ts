import type { FastifyInstance } from 'fastify'
import { failure } from '../failure.ts'

/**
 * Answers 405 with Allow where a path exists and the method does not. Called before the routes are registered;
 * what it returns is called after.
 */
export function refuseOtherMethods(app: FastifyInstance): () => void {
  const methodsOf = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = methodsOf.get(url) ?? new Set()
    for (const one of [method].flat()) methods.add(one)
    methodsOf.set(url, methods)
  })
  return () => {
    for (const [url, methods] of methodsOf) {
      if (url.includes('*')) continue
      const allow = [...methods].join(', ')
      app.route({
        url,
        method: app.supportedMethods.filter((method) => !methods.has(method)),
        schema: { hide: true },
        // Before the body is read: whatever is wrong with it comes second.
        onRequest: async (_request, reply) => {
          reply.header('allow', allow)
          return reply.send(
            failure('method_not_allowed', `Use one of the methods of this address: ${allow}.`),
          )
        },
        handler: async () => undefined,
      })
    }
  }
}
