import { type SQL, sql } from 'drizzle-orm'

/**
 * The placeholder of a prepared statement, of this type, as the planner cannot see it: else it would take a plan for
 * these very values for the better one each time, and to plan takes PostgreSQL longer than to read by a key.
 */
export function unseenValue(name: string, type: 'text' | 'text[]' | 'uuid[]'): SQL {
  const asType = sql.raw(type)
  return sql`(select ${sql.placeholder(name)}::${asType})::${asType}`
}
