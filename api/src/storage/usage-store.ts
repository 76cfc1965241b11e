import { type SQL, sql } from 'drizzle-orm'
import type { Reservation, Reserved, UsageStore, Used, UsedDay } from '../usage/ports.ts'
import type { Database } from './database.ts'
import { usage, usageReservations, usageSalts } from './tables.ts'

/** Usage in PostgreSQL. Rows are locked in the order of day, scope and subject by every statement: no deadlock. */
export function createUsageStore({ orm, read, write }: Database): UsageStore {
  return {
    async reserve(reservations, lifeSeconds) {
      const ask = async (of: readonly Reservation[]) => {
        // Once more where the connection was lost: what the first try may have reserved is not reserved again.
        const rows = await read(() => orm.execute<Verdict>(reserveStatement(of, lifeSeconds)))
        return of.map((reservation, i) => ({ reservation, verdict: rows[i] }))
      }
      const verdicts = await ask(reservations)
      const rowless = verdicts.flatMap(({ verdict, reservation }) => (verdict?.missing ? [reservation] : []))
      if (rowless.length === 0) return verdicts.map(outcome)
      await write(() => orm.execute(openStatement(rowless)))
      const again = new Map((await ask(rowless)).map((asked) => [asked.reservation, asked]))
      return verdicts.map((asked) => outcome(again.get(asked.reservation) ?? asked))
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
      const rows = await read(() => orm.execute<UsedDay>(daysStatement(site, from, to)))
      return [...rows].map(({ day, ...used }) => ({ day, ...numbersOf(used) }))
    },

    async usedUntil(site, to) {
      const [row] = await read(() => orm.execute<Used>(untilStatement(site, to)))
      if (row === undefined) throw new Error('A sum has no row.')
      return numbersOf(row)
    },

    async sitesOn(day) {
      const rows = await read(() =>
        orm.execute<{ site: string; today: Used; until: Used }>(sitesStatement(day)),
      )
      return new Map([...rows].map(({ site, today, until }) => [site, { today, until }]))
    },
  }
}

/** `over` is the place, from 1, of the first account that has no room. */
type Verdict = { missing: boolean; over: number | null; spent: number | null }

function outcome({
  reservation,
  verdict,
}: {
  reservation: Reservation
  verdict: Verdict | undefined
}): Reserved {
  if (verdict === undefined || verdict.missing) throw new Error('An account has no row.')
  if (verdict.over === null) return { ok: true }
  const account = reservation.accounts[verdict.over - 1]
  return { ok: false, scope: account?.scope ?? 'whole', spent: verdict.spent ?? 0 }
}

function askedOf(reservations: readonly Reservation[]): SQL {
  const asked = reservations.map(({ id, day, accounts, tokens }, n) => ({
    n,
    id,
    day,
    tokens,
    scopes: accounts.map(({ scope }) => scope),
    subjects: accounts.map(({ subject }) => subject),
    mosts: accounts.map(({ most }) => most ?? null),
  }))
  return sql`
    asked as (
      select * from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked (
        n int, id uuid, day date, tokens bigint, scopes text[], subjects text[], mosts bigint[]
      )
    ), entry as (
      select n, tokens, day, account.*
      from asked, unnest(scopes, subjects, mosts) with ordinality as account (scope, subject, most, place)
    )`
}

/**
 * All or nothing of each reservation, whoever else reserves: the rows are locked first, which gives them as they are
 * then. Of several that want the same room the first gets it; what is refused still keeps those behind it out, which
 * matters only where a budget is nearly spent.
 */
function reserveStatement(reservations: readonly Reservation[], lifeSeconds: number): SQL {
  return sql`
    with ${askedOf(reservations)}, again as (
      select n from asked join ${usageReservations} on reservation_id = id
    ), held as (
      select day, scope, subject, reserved_tokens, prompt_tokens + completion_tokens as spent from ${usage}
      where (day, scope, subject) in (select day, scope, subject from entry)
      order by day, scope collate "C", subject collate "C"
      for update
    ), judged as (
      select n, place, spent, spent is null as missing,
        spent + reserved_tokens
          + sum(case when n in (select n from again) then 0 else tokens end)
            over (partition by day, scope, subject order by n) > most as over
      from entry left join held using (day, scope, subject)
    ), verdict as (
      select n, bool_or(missing) as missing, min(place) filter (where over) as over from judged group by n
    ), granted as (
      select asked.* from asked join verdict using (n)
      where not missing and over is null and n not in (select n from again)
    ), taken as (
      update ${usage} set reserved_tokens = usage.reserved_tokens + added.tokens
      from (
        select entry.day, scope, subject, sum(entry.tokens) as tokens from entry join granted using (n)
        group by entry.day, scope, subject
      ) as added
      where usage.day = added.day and usage.scope = added.scope and usage.subject = added.subject
    ), noted as (
      insert into ${usageReservations} (reservation_id, day, scopes, subjects, tokens, expires_at)
      select id, day, scopes, subjects, tokens, now() + make_interval(secs => ${lifeSeconds}::float8) from granted
    )
    select verdict.missing, verdict.over::int, judged.spent::float8, ${unhurried}
    from verdict left join judged on judged.n = verdict.n and judged.place = verdict.over
    order by verdict.n`
}

/** Rows for the accounts of these, where there are none. */
function openStatement(reservations: readonly Reservation[]): SQL {
  return sql`
    with ${askedOf(reservations)}
    insert into ${usage} (day, scope, subject)
    select distinct day, scope, subject from entry
    order by day, scope, subject
    on conflict do nothing`
}

/**
 * Lets this one transaction end before it is on the disk: those who wait for the same rows would wait for the disk
 * each in turn. What a crash of the database takes is the count of its last half second.
 */
const unhurried = sql`set_config('synchronous_commit', 'off', true)`

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
    ${addEnded}
    returning ${unhurried}`
}

const releaseStatement = sql`
  with ended as (
    delete from ${usageReservations} where expires_at < now()
    returning day, scopes, subjects, tokens, 0 as prompt, 0 as completion, 0 as cost, 0 as calls
  )
  ${addEnded}`

function countStatement(counts: string): SQL {
  return sql`
    insert into ${usage} (day, scope, subject, made, shared, hits, failed)
    select day, account.scope, account.subject, sum(made), sum(shared), sum(hits), sum(failed)
    from jsonb_to_recordset(${counts}::jsonb) as count (
      day date, site text, made bigint, shared bigint, hits bigint, failed bigint
    ) cross join lateral (values ('whole', ''), ('site', site)) as account (scope, subject)
    where account.subject is not null
    group by day, account.scope, account.subject
    order by day, account.scope collate "C", account.subject collate "C"
    on conflict (day, scope, subject) do update set
      made = usage.made + excluded.made, shared = usage.shared + excluded.shared,
      hits = usage.hits + excluded.hits, failed = usage.failed + excluded.failed`
}

function forgetStatement(day: string): SQL {
  return sql`
    with forgotten as (
      delete from ${usage} where day < ${day}::date and scope not in ('site', 'whole')
    )
    delete from ${usageSalts} where day < ${day}::date`
}

const usedFields = [
  'calls',
  'prompt_tokens',
  'completion_tokens',
  'cost',
  'made',
  'shared',
  'hits',
  'failed',
] as const satisfies (keyof Used)[]
const used = sql.raw(usedFields.join(', '))

/** The rows of a site, or of the whole. */
function ofSite(site: string | undefined): SQL {
  return sql`scope = ${site === undefined ? 'whole' : 'site'} and subject = ${site ?? ''}`
}

function daysStatement(site: string | undefined, from: string, to: string): SQL {
  return sql`
    select day::text, ${used} from ${usage}
    where ${ofSite(site)} and day between ${from}::date and ${to}::date
    order by day`
}

function untilStatement(site: string | undefined, to: string): SQL {
  const sums = sql.raw(usedFields.map((field) => `coalesce(sum(${field}), 0) as ${field}`).join(', '))
  return sql`select ${sums} from ${usage} where ${ofSite(site)} and day <= ${to}::date`
}

function sitesStatement(day: string): SQL {
  const sums = (when: SQL) => {
    const fields = usedFields.map(
      (field) => sql`${sql.raw(`'${field}', coalesce(sum(${field})`)} filter (where ${when}), 0)`,
    )
    return sql`jsonb_build_object(${sql.join(fields, sql`, `)})`
  }
  return sql`
    select subject as site, ${sums(sql`day = ${day}::date`)} as today, ${sums(sql`true`)} as until
    from ${usage} where scope = 'site' and day <= ${day}::date
    group by subject`
}

/** The driver gives what may be larger than a number as text. */
function numbersOf(row: Used): Used {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)])) as Used
}
