import { Site } from '@lectern/shared'
import { asc, sql } from 'drizzle-orm'
import { Compile } from 'typebox/compile'
import type { SiteStore } from '../sites/ports.ts'
import type { Database } from './database.ts'
import { sites } from './tables.ts'

const siteSchema = Compile(Site)

/** The whitelist in PostgreSQL. A row that does not fit the schema is left out. */
export function createSiteStore({ orm, read, write }: Database): SiteStore {
  const listSites = orm
    .select({ site: sites.site })
    .from(sites)
    .orderBy(asc(sites.position), asc(sites.id))
    .prepare('list_sites')

  return {
    async list() {
      const rows = await read(() => listSites.execute())
      return rows.map(({ site }) => site).filter((site) => siteSchema.Check(site))
    },

    async put(site) {
      await write(() =>
        orm
          .insert(sites)
          .values({ id: site.id, site })
          .onConflictDoUpdate({ target: sites.id, set: { site, updated_at: sql`now()` } }),
      )
    },
  }
}
