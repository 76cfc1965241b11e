import {
  type Addition,
  type AdditionKind,
  type Block,
  countWords,
  isLeadIn,
  isTranslation,
  normalizeInline,
  parseInline,
  serializeInline,
} from '@lectern/shared'
import { typesetTex } from '@lectern/shared/typesetting'
import { factsOf, type SectionFacts } from './block-facts.ts'
import { isForeign, wordsIn } from './foreign-language.ts'
import { leaksPrompt } from './prompt-leak.ts'
import { holdsRawNotation } from './raw-notation.ts'
import { scriptShare } from './script-share.ts'
import type { ValidationContext } from './validate-block.ts'

/** The most additions of a section, and the most words and new code characters of one. */
export const additionLimits = { count: 3, words: 120, code: 80, tex: 300 } as const

export type AdditionText = { kind: AdditionKind; after: number; text: string; answer?: string }

/**
 * Checks an addition and gives it in canonical form, or nothing when it cannot be shown. It may hold short new
 * code and formulas, but no link and no element of the page. One that would part a lead-in from what it leads
 * into moves behind that, one above the section's headings below them.
 */
export function validateAddition(
  text: AdditionText,
  blocks: readonly Block[],
  allowed: readonly AdditionKind[],
  context: ValidationContext,
): Addition | undefined {
  if (!allowed.includes(text.kind) || text.after > blocks.length) return undefined
  if ((text.kind === 'check') !== (text.answer !== undefined)) return undefined
  const inline = cleanAddition(text.text, context)
  if (inline === undefined) return undefined
  const place = { after: placeOf(text.after, blocks), kind: text.kind, inline }
  if (text.answer === undefined) return place
  const answer = cleanAddition(text.answer, context)
  return answer === undefined ? undefined : { ...place, answer }
}

function placeOf(after: number, blocks: readonly Block[]): number {
  // Before the section's first block means below its heading: above it, another section ends.
  const opening = blocks.findIndex((block) => block.kind !== 'heading')
  let place = Math.max(after, opening === -1 ? blocks.length : opening)
  for (let next = blocks[place]; next !== undefined; next = blocks[place]) {
    const block = blocks[place - 1]
    const held =
      next.kind === 'cell' ||
      next.kind === 'caption' ||
      (block !== undefined && isLeadIn(block) && block.kind !== 'heading')
    if (!held) break
    place++
  }
  return place
}

function cleanAddition(text: string, context: ValidationContext): string | undefined {
  const inlines = normalizeInline(parseInline(text, { links: 0, atoms: 0 }))
  const facts = factsOf(inlines)
  const words = countWords(facts.words)
  if (words === 0 || words > additionLimits.words) return undefined
  if (facts.codes.some((code) => code.length > additionLimits.code && !context.facts.code.includes(code)))
    return undefined
  if (facts.formulas.some((tex) => !canBeShown(tex, context.facts))) return undefined
  if (holdsRawNotation(facts, context.facts)) return undefined
  if (
    scriptShare(facts.prose, context.language) < 0.3 ||
    isForeign(ownWords(facts.prose, context), context.language)
  )
    return undefined
  if (leaksPrompt(facts.words, context.secret)) return undefined
  return serializeInline(inlines)
}

/** Terms of the section stay as they are in a translation, so the other words tell its language. */
function ownWords(prose: string, { facts, lessonLanguage, language }: ValidationContext): string[] {
  if (!isTranslation(lessonLanguage, language)) return wordsIn(prose)
  const terms = new Set(wordsIn(facts.text.toLowerCase()))
  return wordsIn(prose).filter((word) => !terms.has(word.toLowerCase()))
}

/** The author's own formula is on the page, whatever commands that defines; any other must typeset. */
function canBeShown(tex: string, section: SectionFacts): boolean {
  if (tex.length > additionLimits.tex) return false
  return section.formulas.split('\n').includes(tex) || typesetTex(tex) !== undefined
}
