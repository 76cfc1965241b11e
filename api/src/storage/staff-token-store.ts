import { and, asc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { StaffToken, StaffTokenStore } from '../staff/ports.ts'
import type { Database } from './database.ts'
import { staffTokens } from './tables.ts'

/** Staff tokens in PostgreSQL. */
export function createStaffTokenStore({ orm, read, write }: Database): StaffTokenStore {
  const byId = orm
    .select()
    .from(staffTokens)
    .where(eq(staffTokens.token_id, sql.placeholder('tokenId')))
    .prepare('find_staff_token')

  return {
    async add(token) {
      await write(() => orm.insert(staffTokens).values(token))
    },

    async find(tokenId) {
      const [row] = await read(() => byId.execute({ tokenId }))
      return row && { ...tokenOf(row), hash: row.hash }
    },

    async noteUse(tokenId) {
      const hourAgo = sql`now() - interval '1 hour'`
      await write(() =>
        orm
          .update(staffTokens)
          .set({ last_used_at: sql`now()` })
          .where(
            and(
              eq(staffTokens.token_id, tokenId),
              or(isNull(staffTokens.last_used_at), lt(staffTokens.last_used_at, hourAgo)),
            ),
          ),
      )
    },

    async list() {
      const rows = await read(() => orm.select().from(staffTokens).orderBy(asc(staffTokens.created_at)))
      return rows.map(tokenOf)
    },

    async revoke(name) {
      const revoked = await write(() =>
        orm
          .update(staffTokens)
          .set({ revoked_at: sql`now()` })
          .where(and(eq(staffTokens.name, name), isNull(staffTokens.revoked_at)))
          .returning({ token_id: staffTokens.token_id }),
      )
      return revoked.length
    },
  }
}

function tokenOf({
  hash: _,
  last_used_at,
  revoked_at,
  ...token
}: typeof staffTokens.$inferSelect): StaffToken {
  return { ...token, ...(last_used_at && { last_used_at }), ...(revoked_at && { revoked_at }) }
}
