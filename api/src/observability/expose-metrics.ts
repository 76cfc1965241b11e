import cluster from 'node:cluster'
import { AggregatorRegistry, collectDefaultMetrics } from 'prom-client'
import type { Metrics } from './metrics.ts'
import { serveMetrics } from './serve-metrics.ts'

/**
 * Serves a process's metrics at this place, or hands them to the parent of several processes, who serves them all.
 * Gives the address, where there is one, and what ends it.
 */
export async function exposeMetrics(
  { registry }: Metrics,
  place: { host: string; port: number },
): Promise<{ url?: string; close(): Promise<void> }> {
  collectDefaultMetrics({ register: registry })
  if (!cluster.isWorker) return await serveMetrics(place, () => registry.metrics())
  AggregatorRegistry.setRegistries(registry)
  new AggregatorRegistry()
  return { close: async () => AggregatorRegistry.setRegistries([]) }
}
