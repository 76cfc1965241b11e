import type { Sha256 } from '@lectern/shared'
import type { Engine } from '../src/rewriting/ports.ts'
import { demoSite } from '../src/sites/demo-site.ts'
import { createCourseStore } from '../src/storage/course-store.ts'
import type { Database } from '../src/storage/database.ts'
import { createSiteStore } from '../src/storage/site-store.ts'
import { loadSamples } from './load-samples.ts'

type Demo = { url: string; engine: Engine; sha256: Sha256; samples?: boolean }

/**
 * Lists the demo textbook at `url` as a site, and as the only one of the course `demo`. Unless it is said otherwise,
 * its samples are loaded where no language model answers, so that a first look shows what one would make of it.
 */
export async function listDemo(
  database: Database,
  { url, engine, sha256, samples = engine.notice === 'study_aids' }: Demo,
): Promise<void> {
  const site = demoSite(url, { samples })
  await createSiteStore(database).put(site)
  await createCourseStore(database).put({ code: 'demo', name: site.name, sites: [site.id] })
  if (samples) await loadSamples(database, { site, engine, sha256 })
}
