import { type ChangedSite, Site, type SiteChange } from '@lectern/shared'
import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { Compile } from 'typebox/compile'
import type { SiteRegistry } from '../sites/ports.ts'
import type { Database } from './database.ts'
import { siteChanges } from './tables.ts'

const siteSchema = Compile(Site)

/** A site's page shows so many; older ones stay in the database. */
const MOST_CHANGES = 100

/** The whitelist and its history in PostgreSQL. Each change is one statement, so none goes unrecorded. */
export function createSiteRegistry({ orm, read, write }: Database): SiteRegistry {
  async function change(statement: SQL): Promise<ChangedSite | undefined> {
    const [row] = await write(() => orm.execute<{ change: string; after: Site | null }>(statement))
    return row && { change: Number(row.change), ...(row.after && { site: row.after }) }
  }

  return {
    add: (site, by) => change(addStatement(site, by)),
    replace: (site, by) => change(replaceStatement(site, by)),
    remove: (siteId, by) => change(removeStatement(siteId, by)),

    async history(siteId) {
      const rows = await read(() =>
        orm
          .select()
          .from(siteChanges)
          .where(eq(siteChanges.site, siteId))
          .orderBy(desc(siteChanges.change))
          .limit(MOST_CHANGES),
      )
      return rows.map(changeOf)
    },

    async findChange(siteId, number) {
      const [row] = await read(() =>
        orm
          .select()
          .from(siteChanges)
          .where(and(eq(siteChanges.site, siteId), eq(siteChanges.change, number))),
      )
      return row && changeOf(row)
    },
  }
}

function addStatement(site: Site, by: string): SQL {
  return sql`
    with added as (
      insert into sites (id, site) values (${site.id}, ${JSON.stringify(site)}::jsonb)
      on conflict (id) do nothing returning id, site
    )
    insert into site_changes (site, changed_by, after)
    select id, ${by}, site from added
    returning change, after`
}

function replaceStatement(site: Site, by: string): SQL {
  return sql`
    with old as (
      select id, site from sites where id = ${site.id} for update
    ), replaced as (
      update sites set site = ${JSON.stringify(site)}::jsonb, updated_at = now()
      from old where sites.id = old.id returning sites.site
    )
    insert into site_changes (site, changed_by, before, after)
    select old.id, ${by}, old.site, replaced.site from old, replaced
    returning change, after`
}

function removeStatement(siteId: string, by: string): SQL {
  return sql`
    with removed as (
      delete from sites where id = ${siteId} returning id, site
    )
    insert into site_changes (site, changed_by, before)
    select id, ${by}, site from removed
    returning change, after`
}

/** A site of an older form is left out: it cannot be shown or put back. */
function changeOf({ changed_at, before, after, ...row }: typeof siteChanges.$inferSelect): SiteChange {
  return {
    ...row,
    changed_at: changed_at.toISOString(),
    ...(siteSchema.Check(before) && { before }),
    ...(siteSchema.Check(after) && { after }),
  }
}
