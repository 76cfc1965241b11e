import { ConfigError } from '../config-error.ts'
import type { DailyTokens, TokenPrices } from './budgets.ts'
import type { BudgetScope } from './ports.ts'

export type BudgetConfig = { limits: DailyTokens; prices: TokenPrices }

/**
 * Tokens a day where nothing is set. A long lesson takes about 120,000, and reserves 400,000 while it is made: some
 * twenty new lessons for a learner, a campus behind one address, a textbook's class, and all of them together.
 */
const usual: Record<BudgetScope, number> = {
  learner: 3_000_000,
  address: 30_000_000,
  site: 50_000_000,
  whole: 100_000_000,
}

const limitVariables = {
  LECTERN_TOKENS_PER_LEARNER: 'learner',
  LECTERN_TOKENS_PER_ADDRESS: 'address',
  LECTERN_TOKENS_PER_SITE: 'site',
  LECTERN_TOKENS_PER_DAY: 'whole',
} as const satisfies Record<string, BudgetScope>
const priceVariables = {
  LECTERN_PRICE_PROMPT: 'prompt',
  LECTERN_PRICE_COMPLETION: 'completion',
} as const satisfies Record<string, keyof TokenPrices>

export type BudgetVariable = keyof typeof limitVariables | keyof typeof priceVariables

/** Reads the daily budgets and the prices; a budget of 0 is none. Throws ConfigError for what is no number. */
export function readBudgets(settings: Readonly<Partial<Record<BudgetVariable, string>>>): BudgetConfig {
  const limits: DailyTokens = {}
  for (const [variable, scope] of entriesOf(limitVariables)) {
    const most = readTokens(variable, settings[variable]) ?? usual[scope]
    if (most > 0) limits[scope] = most
  }
  const prices: TokenPrices = { prompt: 0, completion: 0 }
  for (const [variable, kind] of entriesOf(priceVariables))
    prices[kind] = readPrice(variable, settings[variable])
  return { limits, prices }
}

function readTokens(variable: BudgetVariable, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const plain = text.replaceAll(/[_,]/g, '')
  if (/^\d{1,15}$/.test(plain)) return Number(plain)
  throw new ConfigError(variable, 'must be a number of tokens a day, or 0 for no limit.')
}

function readPrice(variable: BudgetVariable, text = '0'): number {
  if (/^\d{1,6}(\.\d{1,6})?$/.test(text)) return Number(text)
  throw new ConfigError(variable, 'must be the price of a million tokens, like 0.15.')
}

function entriesOf<Name extends string, Value>(record: Readonly<Record<Name, Value>>): [Name, Value][] {
  return Object.entries(record) as [Name, Value][]
}
