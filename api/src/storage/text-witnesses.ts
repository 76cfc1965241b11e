import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { TextWitnesses as TextWitnessesPort } from '../rewriting/ports.ts'
import { addressBlock } from '../usage/address-block.ts'
import type { Database } from './database.ts'
import { WriteBehind } from './write-behind.ts'

type Witness = { site: string; lesson: string; network: number; seen_at: string }

/** Of different networks: who shares one with the first learner, as a class does, proves nothing to a stranger. */
export const WITNESSES = 3

const FLUSH_MS = 1_000
const KNOWN = { max: 20_000, ttl: 60 * 60_000 }

/** From which networks the lessons of sites that check their texts were asked for, written behind the answers. */
export class TextWitnesses implements TextWitnessesPort {
  readonly #database: Database
  readonly #witnesses: WriteBehind<Witness>
  readonly #noted = new LRUCache<string, true>(KNOWN)
  readonly #proven = new LRUCache<string, true>(KNOWN)

  constructor(database: Database, onFailure: (error: unknown) => void) {
    this.#database = database
    const { orm, write } = database
    this.#witnesses = new WriteBehind({
      write: (witnesses) => write(() => orm.execute(noteStatement(JSON.stringify(witnesses)))),
      merge: (older) => older,
      delayMs: FLUSH_MS,
      onFailure,
    })
  }

  note(site: Parameters<TextWitnessesPort['note']>[0], lesson: string, address: string): void {
    if (site?.text_check === undefined || this.#proven.has(`${site.id} ${lesson}`)) return
    const network = networkOf(site.id, lesson, address)
    const key = `${site.id} ${lesson} ${network}`
    if (network === undefined || this.#noted.has(key)) return
    this.#noted.set(key, true)
    this.#witnesses.add(key, { site: site.id, lesson, network, seen_at: new Date().toISOString() })
  }

  async isProven(site: string, lesson: string): Promise<boolean> {
    const key = `${site} ${lesson}`
    if (this.#proven.has(key)) return true
    const { orm, read } = this.#database
    const [row] = await read(() => orm.execute<{ proven: boolean }>(provenStatement(site, lesson)))
    if (row?.proven) this.#proven.set(key, true)
    return row?.proven ?? false
  }

  flush(): Promise<void> {
    return this.#witnesses.flush()
  }

  /** Writes what is pending. Throws if that fails. */
  close(): Promise<void> {
    return this.#witnesses.close()
  }
}

/** A number of 16 bits, another one for each lesson; nothing for what is no address. */
function networkOf(site: string, lesson: string, address: string): number | undefined {
  const block = addressBlock(address)
  if (block === undefined) return undefined
  return createHash('sha256').update(`${site} ${lesson} ${block}`).digest().readUInt16BE()
}

function noteStatement(witnesses: string) {
  return sql`
    insert into site_lessons (site_id, lesson_hash, created_at, last_seen_at, networks)
    select site, lesson, min(seen_at), max(seen_at), (array_agg(distinct network))[:${sql.raw(String(WITNESSES))}]
    from jsonb_to_recordset(${witnesses}::jsonb) as noted (
      site text, lesson text, network int, seen_at timestamptz
    )
    group by site, lesson
    order by site, lesson
    on conflict (site_id, lesson_hash) do update set
      last_seen_at = greatest(site_lessons.last_seen_at, excluded.last_seen_at),
      networks = array(
        select distinct network from unnest(site_lessons.networks || excluded.networks) as network
        limit ${sql.raw(String(WITNESSES))}
      )`
}

function provenStatement(site: string, lesson: string) {
  return sql`
    select exists (
      select from site_lessons
      where site_id = ${site} and lesson_hash = ${lesson} and cardinality(networks) >= ${WITNESSES}
    ) or exists (
      select from warmup_lessons join warmups using (warmup_id)
      where warmups.site = ${site} and warmup_lessons.lesson_hash = ${lesson}
    ) as proven`
}
