import { type SQL, sql } from 'drizzle-orm'
import { makePgArray } from 'drizzle-orm/pg-core'
import type { Account, Reservation, Reserved, SiteDay, UsageStore } from '../usage/ports.ts'
import type { Database } from './database.ts'
import { usage, usageReservations, usageSalts } from './tables.ts'

/** Usage in PostgreSQL. Rows are locked in the order of day, scope and subject by every statement: no deadlock. */
export function createUsageStore({ orm, read, write }: Database): UsageStore {
  return {
    async reserve(reservation, lifeSeconds) {
      // Once more where the connection was lost: the first try's reservation expires.
      const [row] = await read(() => orm.execute<TakenRow>(reserveStatement(reservation, lifeSeconds)))
      return outcome(reservation, row)
    },

    async settle(settlements) {
      await write(() => orm.execute(settleStatement(JSON.stringify(settlements))))
    },

    async releaseExpired() {
      await write(() => orm.execute(releaseStatement))
    },

    async count(counts) {
      await write(() => orm.execute(countStatement(JSON.stringify(counts))))
    },

    async saltOf(day) {
      const [row] = await write(() =>
        orm
          .insert(usageSalts)
          .values({ day })
          .onConflictDoUpdate({ target: usageSalts.day, set: { day } })
          .returning({ salt: usageSalts.salt }),
      )
      if (row === undefined) throw new Error('The day has no salt.')
      return row.salt
    },

    async forgetBefore(day) {
      await write(() => orm.execute(forgetStatement(day)))
    },

    async siteDays(site, from, to) {
      const rows = await read(() => orm.execute<SiteDay>(daysStatement(site, from, to)))
      return [...rows].map(numbersOf)
    },
  }
}

type TakenRow = { taken: number; spent: number | null }

function outcome({ accounts }: Reservation, row: TakenRow | undefined): Reserved {
  const refused = accounts[row?.taken ?? 0]
  return refused === undefined ? { ok: true } : { ok: false, scope: refused.scope, spent: row?.spent ?? 0 }
}

/**
 * Takes from each account after the one before it, up to the first that has no room: rows that are updated as they
 * stand, whoever else takes from them, are what makes a limit hold over processes.
 */
function reserveStatement({ id, day, accounts, tokens }: Reservation, lifeSeconds: number): SQL {
  const scopes = sql`${makePgArray(accounts.map(({ scope }) => scope))}::text[]`
  const subjects = sql`${makePgArray(accounts.map(({ subject }) => subject))}::text[]`
  const steps = accounts.map((account, i) => sql`${stepName(i)} as (${takeStep(account, i, day, tokens)})`)
  const counts = accounts.map((_, i) => sql`(select count(*) from ${stepName(i)})`)
  return sql`
    with ${sql.join(steps, sql`, `)}, taken as (
      select (${sql.join(counts, sql` + `)})::int as taken
    ), noted as (
      insert into ${usageReservations} (reservation_id, day, scopes, subjects, tokens, expires_at)
      select ${id}::uuid, ${day}::date, (${scopes})[1:taken], (${subjects})[1:taken], ${tokens}::bigint,
        now() + make_interval(secs => ${lifeSeconds}::float8)
      from taken where taken > 0
    )
    select taken, (
      select (prompt_tokens + completion_tokens)::float8 from ${usage}
      where day = ${day}::date and scope = (${scopes})[taken + 1] and subject = (${subjects})[taken + 1]
    ) as spent
    from taken`
}

function takeStep({ scope, subject, most }: Account, i: number, day: string, tokens: number): SQL {
  const limit = sql`${most ?? null}::bigint`
  const before = i === 0 ? sql`true` : sql`exists (select from ${stepName(i - 1)})`
  return sql`
    insert into ${usage} (day, scope, subject, reserved_tokens)
    select ${day}::date, ${scope}::text, ${subject}::text, ${tokens}::bigint
    where ${before} and (${limit} is null or ${tokens}::bigint <= ${limit})
    on conflict (day, scope, subject) do update set reserved_tokens = usage.reserved_tokens + excluded.reserved_tokens
    where ${limit} is null
      or usage.reserved_tokens + usage.prompt_tokens + usage.completion_tokens + excluded.reserved_tokens <= ${limit}
    returning 1`
}

function stepName(i: number): SQL {
  return sql.raw(`step_${i}`)
}

/** Adds to the accounts of reservations that are deleted; `ended` holds them with what was spent. */
const addEnded = sql`
  insert into ${usage} (day, scope, subject, reserved_tokens, prompt_tokens, completion_tokens, cost, calls)
  select day, scope, subject, -sum(tokens), sum(prompt), sum(completion), sum(cost), sum(calls)
  from ended cross join unnest(scopes, subjects) as account (scope, subject)
  group by day, scope, subject
  order by day, scope collate "C", subject collate "C"
  on conflict (day, scope, subject) do update set
    reserved_tokens = greatest(0, usage.reserved_tokens + excluded.reserved_tokens),
    prompt_tokens = usage.prompt_tokens + excluded.prompt_tokens,
    completion_tokens = usage.completion_tokens + excluded.completion_tokens,
    cost = usage.cost + excluded.cost,
    calls = usage.calls + excluded.calls`

/** What a call is counted by is its reservation, so that a settlement which is sent twice counts once. */
function settleStatement(settlements: string): SQL {
  return sql`
    with settlement as (
      select * from jsonb_to_recordset(${settlements}::jsonb) as settlement (
        id uuid, prompt_tokens bigint, completion_tokens bigint, cost numeric
      )
    ), ended as (
      delete from ${usageReservations} using settlement where reservation_id = id
      returning day, scopes, subjects, tokens, prompt_tokens as prompt, completion_tokens as completion, cost,
        (prompt_tokens + completion_tokens > 0)::int as calls
    )
    ${addEnded}`
}

const releaseStatement = sql`
  with ended as (
    delete from ${usageReservations} where expires_at < now()
    returning day, scopes, subjects, tokens, 0 as prompt, 0 as completion, 0 as cost, 0 as calls
  )
  ${addEnded}`

function countStatement(counts: string): SQL {
  return sql`
    insert into ${usage} (day, scope, subject, made, shared, hits)
    select day, account.scope, account.subject, sum(made), sum(shared), sum(hits)
    from jsonb_to_recordset(${counts}::jsonb) as count (
      day date, site text, made bigint, shared bigint, hits bigint
    ) cross join lateral (values ('whole', ''), ('site', site)) as account (scope, subject)
    where account.subject is not null
    group by day, account.scope, account.subject
    order by day, account.scope collate "C", account.subject collate "C"
    on conflict (day, scope, subject) do update set
      made = usage.made + excluded.made, shared = usage.shared + excluded.shared, hits = usage.hits + excluded.hits`
}

function forgetStatement(day: string): SQL {
  return sql`
    with forgotten as (
      delete from ${usage} where day < ${day}::date and scope in ('learner', 'address')
    )
    delete from ${usageSalts} where day < ${day}::date`
}

function daysStatement(site: string | undefined, from: string, to: string): SQL {
  return sql`
    select day::text, calls, prompt_tokens, completion_tokens, cost, made, shared, hits from ${usage}
    where scope = ${site === undefined ? 'whole' : 'site'} and subject = ${site ?? ''}
      and day between ${from}::date and ${to}::date
    order by day`
}

/** The driver gives what may be larger than a number as text. */
function numbersOf({ day, ...counts }: SiteDay): SiteDay {
  const numbers = Object.entries(counts).map(([name, value]) => [name, Number(value)] as const)
  return { day, ...(Object.fromEntries(numbers) as Omit<SiteDay, 'day'>) }
}
