import { type Block, type Inline, isProse, parseInline, plainText, walkInline } from '@lectern/shared'
import { numbersInWords } from './number-words.ts'
import { type Numeral, numeralsOf, valuesOf } from './numerals.ts'
import { stemsOf } from './other-block.ts'

/** What a text holds that faithfulness is about. */
export type TextFacts = {
  codes: string[]
  formulas: string[]
  links: number[]
  atoms: number[]
  /** Numbers in digits outside code and formulas. */
  numbers: Numeral[]
  /** The words with code and formulas, and without. */
  words: string
  prose: string
}

/** The facts of an inline tree. */
export function factsOf(inlines: readonly Inline[]): TextFacts {
  const all = [...walkInline(inlines)]
  const prose = all.flatMap((inline) => (inline.type === 'text' ? [inline.text] : [])).join(' ')
  return {
    codes: all.flatMap((inline) => (inline.type === 'code' ? [inline.text] : [])),
    formulas: all.flatMap((inline) => (inline.type === 'math' ? [inline.tex] : [])),
    links: all.flatMap((inline) => (inline.type === 'link' ? [inline.number] : [])),
    atoms: all.flatMap((inline) => (inline.type === 'atom' ? [inline.number] : [])),
    numbers: numeralsOf(prose),
    words: plainText(inlines),
    prose,
  }
}

/** The values of all numbers that a text says in digits, in its code and formulas, too. */
export function valuesSaid({ numbers, formulas, codes }: TextFacts): ReadonlySet<string> {
  return new Set(valuesOf([...numbers, ...[...formulas, ...codes].flatMap(numeralsOf)]))
}

/** The numbers that a rewrite has to say, too. Ordinals are words in most languages: "the 2nd law" is "das zweite Gesetz". */
export function numbersToKeep({ numbers }: TextFacts): Numeral[] {
  return numbers.filter(({ ordinal }) => !ordinal)
}

/** All that a section's rewrites may quote: its code, its formulas and its numbers, wherever and however they stand. */
export type SectionFacts = {
  code: string
  formulas: string
  numbers: ReadonlySet<string>
  text: string
  /** Of each prose block, the words that carry its meaning. */
  stems: readonly ReadonlySet<string>[]
}

/** Collects what the whole section holds. */
export function sectionFacts(blocks: readonly Block[], context: readonly string[]): SectionFacts {
  const prose = blocks.flatMap((block) =>
    isProse(block) ? [{ block, facts: factsOf(parseInline(block.text)) }] : [],
  )
  const fixed = blocks.filter((block) => !isProse(block))
  const textOf = (kind: string) => fixed.filter((block) => block.kind === kind).map((block) => block.text)
  const formulas = [...prose.flatMap(({ facts }) => facts.formulas), ...textOf('math')]
  const code = [...prose.flatMap(({ facts }) => facts.codes), ...textOf('code')]
  const words = [
    ...prose.map(({ facts }) => facts.words),
    ...prose.flatMap(({ block }) => (block.atoms ?? []).map((atom) => atom.text)),
  ]
  const text = [...context, ...words, ...fixed.map((block) => block.text)].join('\n')
  const numbers = new Set([...valuesOf(numeralsOf(text)), ...numbersInWords(text)])
  const stems = prose.map(({ facts }) => stemsOf(facts.prose))
  return { code: code.join('\n'), formulas: formulas.join('\n'), numbers, text, stems }
}

/** Whether TeX can stand alone as far as its braces tell. */
export function hasPairedBraces(tex: string): boolean {
  let open = 0
  for (const brace of tex.replace(/\\[\s\S]/g, '').match(/[{}]/g) ?? []) {
    open += brace === '{' ? 1 : -1
    if (open < 0) return false
  }
  return open === 0
}
