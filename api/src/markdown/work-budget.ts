import type { Options } from 'mdast-util-from-markdown'

type SyntaxExtension = NonNullable<Options['extensions']>[number]
type Construct = Exclude<NonNullable<NonNullable<SyntaxExtension['text']>[number]>, unknown[]>
type Effects = Parameters<Construct['tokenize']>[0]

/**
 * What reading one lesson may cost. Some shapes cost micromark time that grows with the square of their size or
 * faster: 20 KB of `]` took 1.1 s and 20 KB of `<?` 0.5 s, 400 KB of lines with 20 list items each 134 s, and 10,000
 * `>` in one line overflowed the stack. No lesson looks like that: a usual one of 400 KB spends less than half of
 * this.
 */
const limits = {
  lines: 20_000,
  pipes: 40_000,
  /** The column at which no list, quote or footnote opens anymore; bounds how deep they nest. */
  column: 120,
  /** About 16 ns each on a slow machine. */
  steps: 50_000_000,
} as const

/**
 * What a character of a text with marks costs, what a mark costs at least, and what each kind of mark costs for
 * every mark before it in the same text: resolving looks back at them.
 */
const costs = {
  character: 2,
  mark: 300,
  text: 4,
  list: 0.5,
  quote: 9,
  underline: 4,
} as const

/** micromark's codes for CR, LF and CRLF. */
const lineEndings = [-5, -4, -3]

/** Raised while a source is read that would cost too much. */
export class BudgetSpent extends Error {}

/** Raises `BudgetSpent` for a source of too many lines or cells. Linear. */
export function checkSize(source: string): void {
  if (count(source, /\r\n?|\n/g) > limits.lines || count(source, /\|/g) > limits.pipes)
    throw new BudgetSpent()
}

function count(source: string, pattern: RegExp): number {
  let found = 0
  for (const _ of source.matchAll(pattern)) found++
  return found
}

/**
 * A syntax extension that adds no syntax: before each construct is tried, it counts, and raises `BudgetSpent` where
 * the budget of this one reading ends.
 */
export function workBudget(): SyntaxExtension {
  const meter = new Meter()
  const text = meter.construct(costs.text, true)
  const list = meter.construct(costs.list)
  const quote = meter.construct(costs.quote)
  const underline = meter.construct(costs.underline)
  return {
    text: {
      ...record('!&*<[\\]_~', text),
      ...Object.fromEntries(lineEndings.map((code) => [code, text])),
      // Only the first of a run opens code or a formula: to try at the others would change what is read.
      ...afterOther('`', text),
      ...afterOther('$', text),
    },
    string: record('&\\', text),
    document: { ...record('*+-0123456789', list), ...record('>[', quote) },
    flow: record('=-', underline),
  }
}

function record(characters: string, construct: Construct): Record<number, Construct> {
  return Object.fromEntries(Array.from(characters, (character) => [character.charCodeAt(0), construct]))
}

function afterOther(character: string, construct: Construct): Record<number, Construct> {
  const code = character.charCodeAt(0)
  return { [code]: { ...construct, previous: (before) => before !== code } }
}

class Meter {
  #left: number = limits.steps
  /** How many marks each text had so far. */
  readonly #marks = new WeakMap<Effects, number>()

  /** A construct that never matches. `inWords`: of words, where the characters are counted as well. */
  construct(costPerMark: number, inWords = false): Construct {
    const mark = (effects: Effects, column: number) => {
      if (column > limits.column && !inWords) throw new BudgetSpent()
      this.#mark(effects, costPerMark, inWords)
    }
    return {
      partial: true,
      tokenize(effects, _ok, nok) {
        mark(effects, this.now().column)
        return nok
      },
    }
  }

  #mark(effects: Effects, costPerMark: number, inWords: boolean): void {
    const before = this.#marks.get(effects) ?? 0
    if (before === 0 && inWords) this.#countCharacters(effects)
    this.#marks.set(effects, before + 1)
    this.#spend(costs.mark + costPerMark * before)
  }

  /** A span that is not closed is read to the end of its text again for each mark that might open it. */
  #countCharacters(effects: Effects): void {
    const { consume } = effects
    effects.consume = (code) => {
      this.#spend(costs.character)
      return consume(code)
    }
  }

  #spend(steps: number): void {
    this.#left -= steps
    if (this.#left < 0) throw new BudgetSpent()
  }
}
