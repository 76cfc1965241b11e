import { createHmac, randomUUID } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { Batcher } from '../batcher.ts'
import {
  type AnswerEnd,
  type Engine,
  EngineError,
  type Meter,
  type Payer,
  type Prepared,
  type RewriteTask,
  type Tokens,
} from '../rewriting/ports.ts'
import { addressBlock } from './address-block.ts'
import { budgetFailure } from './budget-failure.ts'
import type { Account, BudgetScope, Reservation, Reserved, Settlement, UsageStore } from './ports.ts'

/** The most tokens a day of the whole, and of each site, learner and address block; unlimited where absent. */
export type DailyTokens = Partial<Record<BudgetScope, number>>

/** What a million tokens cost, in one currency. */
export type TokenPrices = { prompt: number; completion: number }

export type BudgetPorts = {
  store: Pick<UsageStore, 'reserve' | 'releaseExpired' | 'saltOf' | 'forgetBefore'>
  /** Takes how a call ended, and sees to it that it is counted. */
  settle: (settlement: Settlement) => void
  limits: DailyTokens
  prices: TokenPrices
  /** Told of what no learner needs to know: old rows that could not be deleted. */
  onFailure: (error: unknown) => void
  now?: () => Date
}

/** Longer than any call with its retries takes. */
const RESERVATION_SECONDS = 15 * 60
/** Processes that are gone leave reservations; looking for them more often would find none. */
const TIDY_MS = 60_000
/** Of a learner's and a network's budget for text that may not be its site's: two or three lessons a day. */
const UNPROVEN_PART = 0.1
/** A refusal counts for so long without asking again: a lesson has many sections, a class many learners. */
const REFUSED_MS = 2_000

/** Reserves the tokens of each call before it is made, from the budgets of all whose it is, and counts them after. */
export class Budgets implements Meter {
  readonly #ports: BudgetPorts
  readonly #now: () => Date
  readonly #refused = new LRUCache<string, EngineError>({ max: 1_000, ttl: REFUSED_MS })
  readonly #reservations: Batcher<Reservation, Reserved>
  #salt: { day: string; salt: Promise<string> } | undefined
  #tidied = { at: 0, day: '' }

  constructor(ports: BudgetPorts) {
    this.#ports = ports
    this.#reservations = new Batcher((asked) => ports.store.reserve(asked, RESERVATION_SECONDS))
    this.#now = ports.now ?? (() => new Date())
  }

  charge(engine: Engine, payer: Payer): Engine {
    const { mostTokens } = engine
    if (mostTokens === undefined) return engine
    return { ...engine, answer: (task, signal) => this.#paid(engine, mostTokens(task), payer, task, signal) }
  }

  prepare(engine: Engine, task: RewriteTask, payer: Payer): Prepared {
    const { mostTokens } = engine
    if (mostTokens === undefined) return { engine, cancel: () => undefined }
    let first: Promise<string> | undefined = this.#reserve(tokensIn(mostTokens(task)), payer)
    // Told to whoever makes the call.
    first.catch(() => undefined)
    const take = () => {
      const reserved = first
      first = undefined
      return reserved
    }
    return {
      engine: {
        ...engine,
        answer: (asked, signal) => this.#paid(engine, mostTokens(asked), payer, asked, signal, take),
      },
      cancel: () =>
        void take()?.then(
          (id) => this.#settle(id, noTokens),
          () => undefined,
        ),
    }
  }

  async *#paid(
    engine: Engine,
    most: Tokens,
    payer: Payer,
    task: RewriteTask,
    signal: AbortSignal,
    takeReserved?: () => Promise<string> | undefined,
  ): AsyncGenerator<string, AnswerEnd> {
    const id = await (takeReserved?.() ?? this.#reserve(tokensIn(most), payer))
    // What an end that nobody foresaw has cost is not known: it counts in full.
    let spent = most
    try {
      const end = yield* engine.answer(task, signal)
      spent = end
      return end
    } catch (error) {
      if (error instanceof EngineError) spent = error.spent
      throw error
    } finally {
      this.#settle(id, spent)
    }
  }

  async #reserve(tokens: number, payer: Payer): Promise<string> {
    const now = this.#now()
    const day = dayOf(now)
    this.#tidy(now, day)
    const accounts = await this.#accountsOf(payer, day)
    for (const account of accounts) {
      const refused = this.#refused.get(nameOf(account, day))
      if (refused !== undefined) throw refused
    }
    const id = randomUUID()
    const reserved = await this.#reservations.ask({ id, day, accounts, tokens }).catch(notAsked)
    if (reserved.ok) return id
    const account = accounts.find(({ scope }) => scope === reserved.scope)
    const isSpent = reserved.spent + tokens > (account?.most ?? 0)
    const failure = budgetFailure(reserved.scope, isSpent, now)
    if (account !== undefined) this.#refused.set(nameOf(account, day), failure)
    throw failure
  }

  #settle(id: string, { prompt_tokens, completion_tokens }: Tokens): void {
    const { prices } = this.#ports
    const cost = (prompt_tokens * prices.prompt + completion_tokens * prices.completion) / 1e6
    this.#ports.settle({ id, prompt_tokens, completion_tokens, cost })
  }

  /** Learners and addresses have rows only where they have limits. */
  async #accountsOf(payer: Payer, day: string): Promise<Account[]> {
    const { limits } = this.#ports
    const { learner, address, site, siteTokens, unproven } = payer
    const block = address === undefined ? undefined : addressBlock(address)
    const persons = [
      ...limited('address', block, limits.address, unproven),
      ...limited('learner', learner?.toLowerCase(), limits.learner, unproven),
    ]
    const salt = persons.length === 0 ? '' : await this.#saltOf(day)
    return [
      ...persons.map(({ name, ...account }) => ({ ...account, subject: hash(salt, name) })),
      ...(site === undefined
        ? []
        : [{ scope: 'site' as const, subject: site, most: lower(limits.site, siteTokens) }]),
      { scope: 'whole' as const, subject: '', most: limits.whole },
    ]
  }

  #saltOf(day: string): Promise<string> {
    if (this.#salt?.day !== day) {
      const salt = this.#ports.store.saltOf(day)
      salt.catch(() => {
        this.#salt = undefined
      })
      this.#salt = { day, salt }
    }
    return this.#salt.salt
  }

  #tidy(now: Date, day: string): void {
    if (now.getTime() - this.#tidied.at < TIDY_MS) return
    const { store, onFailure } = this.#ports
    const isNewDay = this.#tidied.day !== day
    this.#tidied = { at: now.getTime(), day }
    store.releaseExpired().catch(onFailure)
    // What began yesterday may still be under way.
    if (isNewDay) store.forgetBefore(dayOf(new Date(now.getTime() - 86_400_000))).catch(onFailure)
  }
}

const noTokens: Tokens = { prompt_tokens: 0, completion_tokens: 0 }

function tokensIn({ prompt_tokens, completion_tokens }: Tokens): number {
  return prompt_tokens + completion_tokens
}

/** The accounts of a learner or a network, where they have a limit. */
function limited(
  scope: 'address' | 'learner',
  name: string | undefined,
  most: number | undefined,
  unproven: Payer['unproven'],
) {
  if (name === undefined || most === undefined) return []
  const part = { scope: `${scope}_unproven` as const, name, most: Math.floor(most * UNPROVEN_PART) }
  return [{ scope, name, most }, ...(unproven ? [part] : [])]
}

/** Staff may let their site take less than the server does, not more. */
function lower(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other)
}

/** Without a count there is no limit: nothing is asked then. */
function notAsked(cause: unknown): never {
  const message = 'The API cannot reach its database just now. Try again in a moment.'
  throw new EngineError('overloaded', message, { retryAfter: 5, cause })
}

/** The date in UTC, by which budgets are kept. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function hash(salt: string, name: string): string {
  return createHmac('sha256', salt).update(name).digest('base64url')
}

/** With its budget: a refusal says nothing of one that staff have raised since. */
function nameOf({ scope, subject, most }: Account, day: string): string {
  return `${day} ${scope} ${subject} ${most}`
}
