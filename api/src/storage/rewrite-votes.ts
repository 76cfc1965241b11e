import { type SQL, sql } from 'drizzle-orm'
import { makePgArray } from 'drizzle-orm/pg-core'
import { LRUCache } from 'lru-cache'
import type { RewriteVotes as RewriteVotesPort, Vote } from '../rewriting/ports.ts'
import type { Database } from './database.ts'
import { WriteBehind } from './write-behind.ts'

export type VoteOptions = {
  /** Told of the sections whose rewrites were deleted. */
  onDeleted: (sections: readonly string[]) => Promise<void>
  onFailure: (error: unknown) => void
}

/** Asked again, a vote would change nothing: so long it is not even written. */
const KNOWN = { max: 10_000, ttl: 10 * 60_000 }

/** Votes in PostgreSQL, written behind the answer, each in one statement that can be told twice. */
export class RewriteVotes implements RewriteVotesPort {
  readonly #votes: WriteBehind<Vote>
  readonly #known = new LRUCache<string, true>(KNOWN)

  constructor({ orm, write }: Database, { onDeleted, onFailure }: VoteOptions) {
    const cast = async (vote: Vote) => {
      const [row] = await write(() => orm.execute<{ retired: string[] }>(voteStatement(vote)))
      await onDeleted(row?.retired ?? []).catch(onFailure)
    }
    this.#votes = new WriteBehind({
      write: async (votes) => {
        for (const vote of votes) await cast(vote)
      },
      merge: (_older, newer) => newer,
      delayMs: 0,
      onFailure,
    })
  }

  cast(vote: Vote): void {
    const key = `${vote.user_id.toLowerCase()} ${vote.lesson} ${vote.version} ${vote.profiles.join()}`
    if (this.#known.has(key)) return
    this.#known.set(key, true)
    this.#votes.add(key, vote)
  }

  flush(): Promise<void> {
    return this.#votes.flush()
  }

  /** Writes what is pending. Throws if that fails. */
  close(): Promise<void> {
    return this.#votes.close()
  }
}

/**
 * The rewrites are locked first, in order: who votes for the same ones waits, and then no longer finds what was
 * deleted. A learner's second vote for one changes nothing. Samples stay, since nobody could make them anew.
 */
function voteStatement({ user_id, sections, profiles, version }: Vote): SQL {
  return sql`
    with rewrite as (
      select section_hash, profile_hash, version_hash from personalized_content_cache
      where section_hash = any (${makePgArray([...new Set(sections)])}::text[])
        and profile_hash = any (${makePgArray([...profiles])}::text[])
        and version_hash = ${version} and notice is distinct from 'sample'
      order by section_hash, profile_hash
      for update
    ), voted as (
      insert into rewrite_votes as vote (section_hash, profile_hash, version_hash, user_id)
      select section_hash, profile_hash, version_hash, user_id
      from rewrite join users on user_id = ${user_id}::uuid
      on conflict (section_hash, profile_hash, version_hash)
      do update set voted_at = now() where vote.user_id <> excluded.user_id
      returning *
    ), retired as (
      delete from personalized_content_cache cache using voted
      where cache.section_hash = voted.section_hash and cache.profile_hash = voted.profile_hash
        and cache.version_hash = voted.version_hash and voted.user_id <> ${user_id}::uuid
      returning cache.section_hash
    )
    select coalesce(jsonb_agg(distinct section_hash), '[]') as retired from retired`
}
