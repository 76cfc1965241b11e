import { type Block, type Inline, isProse, parseInline, plainText, walkInline } from '@lectern/shared'

/** What a text holds that faithfulness is about. */
export type TextFacts = {
  codes: string[]
  formulas: string[]
  links: number[]
  atoms: number[]
  /** Numbers in digits outside code and formulas, in ASCII digits without grouping. */
  numbers: string[]
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
    numbers: numbersOf(prose),
    words: plainText(inlines),
    prose,
  }
}

const ZEROS = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
  0x1040, 0x17e0, 0x1810, 0xff10,
]

/** A digit of any script that the table's languages use, as an ASCII digit. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0
    const zero = ZEROS.find((start) => code >= start && code < start + 10)
    return zero === undefined ? digit : String(code - zero)
  })
}

/** The numbers that a text writes in digits: "1,234.5" and "۱٬۲۳۴٫۵" are one number, 1234.5. */
export function numbersOf(text: string): string[] {
  const found = asciiDigits(text).match(/\d+(?:[.,٫٬\u00a0\u202f]\d+)*/g) ?? []
  return found.map((number) => number.replace(/[,٬\u00a0\u202f](?=\d{3}(?!\d))/g, '').replace(/[,٫]/g, '.'))
}

/** All that a section's rewrites may quote: its code, its formulas and its numbers, wherever they stand. */
export type SectionFacts = { code: string; formulas: string; numbers: ReadonlySet<string>; text: string }

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
  return { code: code.join('\n'), formulas: formulas.join('\n'), numbers: new Set(numbersOf(text)), text }
}
