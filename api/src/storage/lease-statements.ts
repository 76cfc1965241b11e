import { type SQL, sql } from 'drizzle-orm'
import type { RewriteKey, StoredRewrite } from '../rewriting/ports.ts'
import { CHANNEL } from './broadcast.ts'
import type { NumberedStep } from './making-steps.ts'
import { rowsText } from './rewrite-rows.ts'
import { personalizedContentCache as cache } from './rewrite-tables.ts'

// Each of these is one statement and takes its leases' rows in the order of their keys, so that no two processes wait
// for each other. Times are the database's.

const milliseconds = (ms: number) => sql`${ms} * interval '1 millisecond'`

/**
 * Takes the leases that are free, or have run out. With the run of the one before, whose steps go on; another one where
 * a crash of the database has lost any of them, or nobody could tell which of its numbers are whose.
 */
export function takeStatement(wanted: readonly (RewriteKey & { blocks: number })[], leaseMs: number): SQL {
  return sql`
    insert into rewrite_leases as lease
      (section_hash, profile_hash, version_hash, attempt, run, blocks, lease_until)
    select section, profile, version, attempt, attempt, blocks, now() + ${milliseconds(leaseMs)}
    from (
      select wanted.*, nextval('rewrite_attempts') as attempt
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
        as wanted (section text, profile text, version text, blocks integer)
      order by section, profile, version
    ) as wanted
    on conflict (section_hash, profile_hash, version_hash) do update
    set attempt = excluded.attempt, lease_until = excluded.lease_until, run = (
      select case when max(sequence) = count(*) then lease.run else excluded.run end
      from rewrite_steps where rewrite_steps.run = lease.run
    )
    where lease.lease_until < now()
    returning attempt::text, exists (
      select from rewrite_leases before
      where before.section_hash = lease.section_hash and before.profile_hash = lease.profile_hash
        and before.version_hash = lease.version_hash
    ) as taken_over`
}

/** Of leases just taken: what was made of their runs, and the row of the cache, where there is one by now. */
export function takenStatement(attempts: readonly string[]): SQL {
  return sql`
    select lease.section_hash, lease.profile_hash, lease.version_hash, attempt::text, run::text,
      (select jsonb_agg(jsonb_build_object('sequence', sequence, 'step', step) order by sequence)
        from rewrite_steps where rewrite_steps.run = lease.run) as steps,
      (select ${rowsText} from ${cache}
        where ${cache.section_hash} = lease.section_hash and ${cache.profile_hash} = lease.profile_hash
          and ${cache.version_hash} = lease.version_hash) as cached
    from rewrite_leases lease
    where attempt = any(${arrayOf(attempts)}::bigint[])`
}

/** Renews the leases that are still held, which it gives. */
export function renewStatement(attempts: readonly string[], leaseMs: number): SQL {
  return sql`
    with held as (
      select attempt from rewrite_leases where attempt = any(${arrayOf(attempts)}::bigint[])
      order by section_hash, profile_hash, version_hash for update
    )
    update rewrite_leases lease set lease_until = now() + ${milliseconds(leaseMs)}
    from held where lease.attempt = held.attempt
    returning lease.attempt::text`
}

/** Lets the leases run out now, and tells. */
export function releaseStatement(attempts: readonly string[], payload: string): SQL {
  return sql`
    with held as (
      select attempt from rewrite_leases where attempt = any(${arrayOf(attempts)}::bigint[])
      order by section_hash, profile_hash, version_hash for update
    ), released as (
      update rewrite_leases lease set lease_until = now() - interval '1 second'
      from held where lease.attempt = held.attempt
      returning lease.attempt
    )
    select pg_notify(${CHANNEL}, ${payload}) from released`
}

/** Writes steps of the leases that are still held, which it gives, and tells. May be repeated. */
export function publishStatement(
  steps: readonly (NumberedStep & { attempt: string })[],
  payload: string,
): SQL {
  return sql`
    with published as (
      select * from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb)
        as published (attempt bigint, sequence integer, step jsonb)
    ), held as (
      select attempt, run from rewrite_leases where attempt in (select attempt from published)
      order by section_hash, profile_hash, version_hash for share
    ), written as (
      insert into rewrite_steps (run, sequence, step)
      select run, sequence, step from held join published using (attempt)
      on conflict do nothing
    )
    select attempt::text, pg_notify(${CHANNEL}, ${payload}) from held`
}

/** Ends a lease with its last steps, and with the rewrite where it is to be stored; tells. Gives nothing if lost. */
export function endStatement(
  attempt: string,
  steps: readonly NumberedStep[],
  rewrite: StoredRewrite | undefined,
  payload: string,
): SQL {
  return sql`
    with ended as (
      delete from rewrite_leases where attempt = ${attempt}::bigint returning *
    ), written as (
      insert into rewrite_steps (run, sequence, step)
      select run, sequence, step
      from ended, jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as last (sequence integer, step jsonb)
      on conflict do nothing
    )${rewrite === undefined ? sql`` : storing(rewrite)}
    select pg_notify(${CHANNEL}, ${payload}) from ended`
}

/** What stands there no longer fits its schema, or it would have been found. */
function storing({ blocks, additions, key: _, json: __, ...rest }: StoredRewrite): SQL {
  const row = JSON.stringify({ rewrite: { blocks, additions }, ...rest })
  return sql`, stored as (
      insert into personalized_content_cache (
        section_hash, profile_hash, version_hash,
        rewrite, receipt, model, notice, prompt_tokens, completion_tokens, created_at
      )
      select section_hash, profile_hash, version_hash, made.*
      from ended, jsonb_to_record(${row}::jsonb) as made (
        rewrite jsonb, receipt jsonb, model text, notice text,
        prompt_tokens integer, completion_tokens integer, generated_at timestamptz
      )
      on conflict (section_hash, profile_hash, version_hash) do update
      set rewrite = excluded.rewrite, receipt = excluded.receipt, model = excluded.model,
        notice = excluded.notice, prompt_tokens = excluded.prompt_tokens,
        completion_tokens = excluded.completion_tokens, created_at = excluded.created_at, last_used_at = now()
    )`
}

/** Of each that is followed: its lease and how long that lasts yet, and the steps of its run (the lease's where it knows none) after `last`. */
export function followStatement(
  followed: readonly (RewriteKey & { id: number; run: string | null; last: number })[],
): SQL {
  return sql`
    select id, coalesce(followed.run, lease.run)::text as run, lease.run::text as lease_run,
      lease.lease_until > now() as held,
      (extract(epoch from lease.lease_until - now()) * 1000)::float8 as left_ms,
      (select jsonb_agg(jsonb_build_object('sequence', sequence, 'step', step) order by sequence)
        from rewrite_steps
        where rewrite_steps.run = coalesce(followed.run, lease.run) and sequence > last) as steps
    from jsonb_to_recordset(${JSON.stringify(followed)}::jsonb)
        as followed (id integer, section text, profile text, version text, run bigint, last integer)
      left join rewrite_leases lease on lease.section_hash = section and lease.profile_hash = profile
        and lease.version_hash = version`
}

/** The leases of these sections that somebody holds. */
export function makingStatement(
  sections: readonly string[],
  profiles: readonly string[],
  version: string,
): SQL {
  return sql`
    select section_hash as section, profile_hash as profile, version_hash as version, blocks
    from rewrite_leases
    where section_hash = any(${arrayOf(sections)}::text[]) and profile_hash = any(${arrayOf(profiles)}::text[])
      and version_hash = ${version} and lease_until > now()`
}

/** Deletes what these runs have written, and what killed processes have left an hour ago. */
export function sweepStatement(runs: readonly string[]): SQL {
  return sql`
    with abandoned as (
      delete from rewrite_leases where lease_until < now() - interval '1 hour'
    )
    delete from rewrite_steps
    where run = any(${arrayOf(runs)}::bigint[]) or created_at < now() - interval '1 hour'`
}

/** As PostgreSQL writes an array; numbers and hashes need no quotes. */
function arrayOf(values: readonly string[]): string {
  return `{${values.join(',')}}`
}
