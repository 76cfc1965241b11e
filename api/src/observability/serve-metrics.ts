import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Registry } from 'prom-client'
import { asksForMetrics } from './metrics.ts'

export type MetricsServer = { url: string; close(): Promise<void> }

/**
 * Serves /metrics on a port of its own, which need not be open to those who may call the API. Rejects where it
 * cannot listen.
 */
export async function serveMetrics(
  { host, port }: { host: string; port: number },
  metrics: () => Promise<string>,
): Promise<MetricsServer> {
  const server = createServer(async (request, response) => {
    if (!asksForMetrics(request)) return void response.writeHead(404).end()
    try {
      const text = await metrics()
      response.writeHead(200, { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(text)
    } catch {
      // A process that does not answer in time: the next look may find it.
      response.writeHead(503).end()
    }
  })
  server.listen(port, host)
  await once(server, 'listening')
  const { address, port: taken, family } = server.address() as AddressInfo
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}/metrics`,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
