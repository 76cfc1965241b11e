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
import { isForeign, tellsLanguage, wordsIn } from './foreign-language.ts'
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
  if (isInOtherScript(facts.prose, context) || isInOtherLanguage(facts.prose, context)) return undefined
  if (leaksPrompt(facts.words, context.secret)) return undefined
  return serializeInline(inlines)
}

/** Terms may be a larger part of a text where the lesson has a script of its own. */
function isInOtherScript(prose: string, { facts, language }: ValidationContext): boolean {
  const isLessonsScript = scriptShare(facts.text, language) >= 1 / 3
  return scriptShare(prose, language) < (isLessonsScript ? 0.6 : 0.3)
}

/**
 * The section's own words count for nothing: in a translation they are terms that stay. Where nothing is translated, a
 * text with them must look foreign too: a lesson on a language quotes it.
 */
function isInOtherLanguage(prose: string, { facts, lessonLanguage, language }: ValidationContext): boolean {
  const words = wordsIn(prose)
  const known = new Set(wordsIn(facts.text.toLowerCase()))
  const fresh = words.filter((word) => !known.has(word.toLowerCase()))
  if (isTranslation(lessonLanguage, language)) return isForeign(fresh, language)
  return isForeign(words, language) && (!tellsLanguage(fresh, language) || isForeign(fresh, language))
}

/** The author's own formula is on the page, whatever commands that defines; any other must typeset. */
function canBeShown(tex: string, section: SectionFacts): boolean {
  if (tex.length > additionLimits.tex) return false
  return section.formulas.split('\n').includes(tex) || typesetTex(tex) !== undefined
}
