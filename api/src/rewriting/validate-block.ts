import {
  countWords,
  isTranslation,
  normalizeInline,
  type ProseBlock,
  parseInline,
  serializeInline,
} from '@lectern/shared'
import {
  factsOf,
  hasPairedBraces,
  numbersToKeep,
  type SectionFacts,
  type TextFacts,
  valuesSaid,
} from './block-facts.ts'
import { isForeign, tellsLanguage, wordsIn } from './foreign-language.ts'
import { holdsTerm, termsIn } from './glossary.ts'
import { isAmong, numeralsOf } from './numerals.ts'
import { saysOtherBlock } from './other-block.ts'
import type { SiteTerm } from './ports.ts'
import { leaksPrompt } from './prompt-leak.ts'
import { holdsRawNotation, withoutBlockMark } from './raw-notation.ts'
import { scriptShare } from './script-share.ts'

/** Why a text cannot stand in for a block. */
export type BlockFault =
  | 'code_missing'
  | 'code_invented'
  | 'formula_missing'
  | 'formula_invented'
  | 'link_missing'
  | 'atom_missing'
  | 'atom_repeated'
  | 'number_missing'
  | 'number_invented'
  | 'markup'
  | 'too_long'
  | 'too_short'
  | 'wrong_language'
  | 'prompt_leaked'
  | 'other_block'
  | 'term_missing'

/** `tellsLanguage`: whether its words are enough to tell that its language is right. */
export type Validated =
  | { ok: true; inline: string; words: number; tellsLanguage: boolean }
  | { ok: false; fault: BlockFault }

export type ValidationContext = {
  facts: SectionFacts
  lessonLanguage: string
  language: string
  /** The course's terms that the section holds. */
  terms: readonly SiteTerm[]
  /** Runs of words that only the prompt holds. */
  secret: ReadonlySet<string>
}

/** A block may grow to this many times its source, and always by this many words (an explained term). */
const GROWTH = { factor: 4, words: 30 }
/** Shortening below this share drops what the author says. */
const SHRINK = { factor: 0.25, fromWords: 5 }

/**
 * Checks a model's text for one block and gives it in canonical inline text: every atom of the source is there,
 * nothing is there beyond what the section holds, numbers stay, length, script and language are as asked.
 */
export function validateBlock(text: string, source: ProseBlock, context: ValidationContext): Validated {
  const before = factsOf(parseInline(source.text))
  const bounds = { links: Math.max(0, ...before.links), atoms: source.atoms?.length ?? 0 }
  const inlines = normalizeInline(parseInline(withoutBlockMark(text, source.text), bounds))
  const after = factsOf(inlines)
  const fault =
    atomFault(before, after, source) ??
    inventionFault(before, after, context.facts) ??
    (holdsRawNotation(after, context.facts) ? 'markup' : undefined) ??
    lengthFault(before, after, source) ??
    languageFault(before, after, source, context) ??
    (leaksPrompt(after.words, context.secret) ? 'prompt_leaked' : undefined) ??
    otherBlockFault(before, after, context) ??
    (termsIn(before.words, context.terms).every((term) => holdsTerm(after.words, term))
      ? undefined
      : 'term_missing')
  if (fault !== undefined) return { ok: false, fault }
  return {
    ok: true,
    inline: serializeInline(inlines),
    words: countWords(after.words),
    tellsLanguage: isLanguageTold(before, after, context),
  }
}

function atomFault(before: TextFacts, after: TextFacts, source: ProseBlock): BlockFault | undefined {
  if (before.codes.some((code) => !after.codes.includes(code))) return 'code_missing'
  if (before.formulas.some((tex) => !after.formulas.includes(tex))) return 'formula_missing'
  if (before.links.some((link) => !after.links.includes(link))) return 'link_missing'
  for (const [i, atom] of (source.atoms ?? []).entries()) {
    const count = after.atoms.filter((number) => number === i + 1).length
    if (count === 0) return 'atom_missing'
    if (count > 1 && (atom.type === 'image' || atom.type === 'footnote')) return 'atom_repeated'
  }
  return undefined
}

function inventionFault(before: TextFacts, after: TextFacts, section: SectionFacts): BlockFault | undefined {
  if (after.codes.some((code) => !section.code.includes(code))) return 'code_invented'
  const formulas = after.formulas.filter((tex) => !isOfSection(tex, before, section))
  if (formulas.some((tex) => !/^\d+(?:\.\d+)?$/.test(tex))) return 'formula_invented'
  const kept = valuesSaid(after)
  if (numbersToKeep(before).some((number) => !isAmong(kept, number))) return 'number_missing'
  // One digit alone is a way of counting ("2 steps"); more of them are a fact.
  const said = [...after.numbers, ...formulas.flatMap(numeralsOf)]
  if (said.some((number) => number.value.length > 1 && !isAmong(section.numbers, number)))
    return 'number_invented'
  return undefined
}

/** A part of a formula may be quoted alone, where its braces stay in pairs. */
function isOfSection(tex: string, before: TextFacts, section: SectionFacts): boolean {
  return before.formulas.includes(tex) || (section.formulas.includes(tex) && hasPairedBraces(tex))
}

function lengthFault(before: TextFacts, after: TextFacts, source: ProseBlock): BlockFault | undefined {
  const from = countWords(before.words)
  const to = countWords(after.words)
  const most = source.kind === 'heading' ? from * 3 + 6 : Math.max(from * GROWTH.factor, from + GROWTH.words)
  if (to > most) return 'too_long'
  if (to === 0 || (/\p{L}/u.test(before.words) && !/\p{L}/u.test(after.words))) return 'too_short'
  if (source.kind === 'heading' || from < SHRINK.fromWords) return undefined
  return to < from * SHRINK.factor ? 'too_short' : undefined
}

/**
 * Terms stay in the lesson's script, so a translation needs a third of its letters in its own, and a heading or cell
 * of terms one word; else what is new must be in the script, since a lesson on the Greek language holds much Greek.
 */
const SHARE_OF_SCRIPT = { translated: 1 / 3, terms: 0.01, same: 0.6 }

/** A translation of so many words of which fewer than this share are new may be the author's sentence again. */
const ECHO = { words: 8, share: 1 / 3 }

function languageFault(
  before: TextFacts,
  after: TextFacts,
  source: ProseBlock,
  context: ValidationContext,
): BlockFault | undefined {
  const words = wordsIn(after.prose)
  const fresh = newWords(before, after)
  const isWrong =
    isInOtherScript(before, after, source, fresh, context) ||
    isForeign(fresh, context.language) ||
    (isTranslation(context.lessonLanguage, context.language) &&
      words.length >= ECHO.words &&
      fresh.length < words.length * ECHO.share &&
      isForeign(words, context.language))
  return isWrong ? 'wrong_language' : undefined
}

function isInOtherScript(
  before: TextFacts,
  after: TextFacts,
  source: ProseBlock,
  fresh: readonly string[],
  { lessonLanguage, language }: ValidationContext,
): boolean {
  if (isTranslation(lessonLanguage, language) && countWords(before.prose) <= 4) return false
  const translated = lessonLanguage !== language && scriptShare(before.prose, language) < 1 / 3
  const mayBeTerms = source.kind === 'heading' || source.kind === 'cell'
  const least = SHARE_OF_SCRIPT[translated ? (mayBeTerms ? 'terms' : 'translated') : 'same']
  return scriptShare(translated ? after.prose : fresh.join(' '), language) < least
}

function newWords(before: TextFacts, after: TextFacts): string[] {
  const old = new Set(wordsIn(before.prose.toLowerCase()))
  return wordsIn(after.prose).filter((word) => !old.has(word.toLowerCase()))
}

/** By enough new words; where nothing is translated, by the author's own as well. */
function isLanguageTold(
  before: TextFacts,
  after: TextFacts,
  { lessonLanguage, language }: ValidationContext,
): boolean {
  const fresh = newWords(before, after)
  if (tellsLanguage(fresh, language)) return true
  return !isTranslation(lessonLanguage, language) && fresh.length * 2 <= wordsIn(after.prose).length
}

function otherBlockFault(
  before: TextFacts,
  after: TextFacts,
  { facts, lessonLanguage, language }: ValidationContext,
): BlockFault | undefined {
  const translated = isTranslation(lessonLanguage, language)
  return saysOtherBlock(after.prose, before.prose, facts.stems, { translated }) ? 'other_block' : undefined
}
