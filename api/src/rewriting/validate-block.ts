import {
  countWords,
  type Inline,
  isTranslation,
  normalizeInline,
  type ProseBlock,
  parseInline,
  serializeInline,
} from '@lectern/shared'
import { factsOf, type SectionFacts, type TextFacts } from './block-facts.ts'
import { leaksPrompt } from './prompt-leak.ts'
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

export type Validated = { ok: true; inline: string; words: number } | { ok: false; fault: BlockFault }

export type ValidationContext = {
  facts: SectionFacts
  lessonLanguage: string
  language: string
  /** Runs of words that only the prompt holds. */
  secret: ReadonlySet<string>
}

/** A block may grow to this many times its source, and always by this many words (an explained term). */
const GROWTH = { factor: 4, words: 30 }
/** Shortening below this share drops what the author says. */
const SHRINK = { factor: 0.25, fromWords: 12 }

/**
 * Checks a model's text for one block and gives it in canonical inline text: every atom of the source is there,
 * nothing is there beyond what the section holds, numbers stay, length, script and language are as asked.
 */
export function validateBlock(text: string, source: ProseBlock, context: ValidationContext): Validated {
  const before = factsOf(parseInline(source.text))
  const bounds = { links: Math.max(0, ...before.links), atoms: source.atoms?.length ?? 0 }
  const inlines = normalizeInline(parseInline(text, bounds))
  const after = factsOf(inlines)
  const fault =
    atomFault(before, after, source) ??
    inventionFault(before, after, context.facts) ??
    markupFault(inlines, context.facts) ??
    lengthFault(before, after, source) ??
    languageFault(after, source, context) ??
    (leaksPrompt(after.words, context.secret) ? 'prompt_leaked' : undefined)
  if (fault !== undefined) return { ok: false, fault }
  return { ok: true, inline: serializeInline(inlines), words: countWords(after.words) }
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
  if (after.formulas.some((tex) => !section.formulas.includes(tex))) return 'formula_invented'
  const kept = new Set([
    ...after.numbers,
    ...after.formulas.flatMap(digitsOf),
    ...after.codes.flatMap(digitsOf),
  ])
  if (before.numbers.some((number) => !kept.has(number))) return 'number_missing'
  // One digit alone is a way of counting ("2 steps"); more of them are a fact.
  if (after.numbers.some((number) => number.length > 1 && !section.numbers.has(number)))
    return 'number_invented'
  return undefined
}

function digitsOf(text: string): string[] {
  return text.match(/\d+(?:\.\d+)*/g) ?? []
}

/** What would show as raw notation, or reads as an address or a tag that the author did not write. */
function markupFault(inlines: readonly Inline[], section: SectionFacts): BlockFault | undefined {
  const { words } = factsOf(inlines)
  const found =
    words.match(/\{\{|\]\(|https?:\/\/\S*|www\.\S+|<\/?[a-z!][^>]*>?|!\[|^#{1,6}\s|javascript:/gim) ?? []
  return found.some((mark) => !section.text.includes(mark)) ? 'markup' : undefined
}

function lengthFault(before: TextFacts, after: TextFacts, source: ProseBlock): BlockFault | undefined {
  const from = countWords(before.words)
  const to = countWords(after.words)
  const most = source.kind === 'heading' ? from * 3 + 6 : Math.max(from * GROWTH.factor, from + GROWTH.words)
  if (to > most) return 'too_long'
  if (to === 0 || (from >= SHRINK.fromWords && to < from * SHRINK.factor)) return 'too_short'
  return undefined
}

/** Terms stay in the lesson's script, so a translation needs a third of its letters in its own, no more. */
const SHARE_OF_SCRIPT = { same: 0.6, translated: 0.33 }

function languageFault(
  after: TextFacts,
  source: ProseBlock,
  context: ValidationContext,
): BlockFault | undefined {
  const translated = isTranslation(context.lessonLanguage, context.language)
  // A heading or a cell may be a term and nothing else.
  if (translated && countWords(source.text) <= 4) return undefined
  if (!translated && after.words === factsOf(parseInline(source.text)).words) return undefined
  const least = translated ? SHARE_OF_SCRIPT.translated : SHARE_OF_SCRIPT.same
  return scriptShare(after.prose, context.language) < least ? 'wrong_language' : undefined
}
