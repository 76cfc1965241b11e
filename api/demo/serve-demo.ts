import type { AddressInfo } from 'node:net'
import fastifyStatic from '@fastify/static'
import Fastify from 'fastify'

export type DemoTextbook = { url: string; close(): Promise<void> }

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program uses it',
  EACCES: 'this account may not open it',
}

/**
 * Serves the demo textbook on 127.0.0.1. `port` 0 takes a free one.
 *
 * @returns the index page's address, with a closing slash, and how to stop
 * @throws an error whose message names the port and the setting to change, if the port cannot be opened
 */
export async function serveDemo({ port }: { port: number }): Promise<DemoTextbook> {
  // Without it, closing waits up to a minute for a request that is not complete.
  const app = Fastify({ forceCloseConnections: true })
  await app.register(fastifyStatic, {
    root: new URL('./pages/', import.meta.url),
    // A folder's address without its closing slash would break the page's relative addresses.
    redirect: true,
    cacheControl: false,
    etag: false,
    lastModified: false,
    setHeaders: (reply) => {
      reply.header('cache-control', 'no-store')
    },
  })
  try {
    await app.listen({ host: '127.0.0.1', port })
  } catch (error) {
    await app.close()
    throw portError(port, error)
  }
  const { port: taken } = app.server.address() as AddressInfo
  return { url: `http://localhost:${taken}/`, close: () => app.close() }
}

function portError(port: number, cause: unknown): unknown {
  const reason = reasons[(cause as NodeJS.ErrnoException).code ?? '']
  if (reason === undefined) return cause
  return new Error(
    `The demo textbook cannot use port ${port}: ${reason}. Set LECTERN_DEMO_PORT to a free port, or to 0 for any, and start again.`,
    { cause },
  )
}
