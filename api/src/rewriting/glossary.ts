import {
  type GlossaryTerm,
  isProse,
  isTranslation,
  type LanguageTag,
  parseInline,
  plainText,
} from '@lectern/shared'
import type { RewriteTask, SiteTerm } from './ports.ts'

/** A site's terms as they reach a prompt: in one order, each once, with how they are written in this language. */
export function siteTerms(glossary: readonly GlossaryTerm[], language: LanguageTag): SiteTerm[] {
  const terms = new Map(
    glossary.map(({ term, translations }) => [term, { term, as: translations?.[language] ?? term }]),
  )
  return [...terms.values()].toSorted((a, b) => (a.term < b.term ? -1 : 1))
}

/** The terms that stand in a section's prose; a translation of a term counts only where the lesson is translated. */
export function termsOfSection({
  section,
  language,
  profile,
  site,
}: Pick<RewriteTask, 'section' | 'language' | 'profile' | 'site'>): SiteTerm[] {
  if (site.glossary === undefined) return []
  const prose = section.blocks.flatMap((block) =>
    isProse(block) ? [plainText(parseInline(block.text))] : [],
  )
  const translated = isTranslation(language, profile.language)
  return termsIn(prose.join('\n'), site.glossary).map(({ term, as }) => ({
    term,
    as: translated ? as : term,
  }))
}

/** Those of the terms that a text holds as words of their own, in the plural too. */
export function termsIn(text: string, terms: readonly SiteTerm[]): SiteTerm[] {
  return terms.filter(({ term }) => patternOf(term).test(text))
}

/** Whether a text holds a term, whatever ending or article its language adds. */
export function holdsTerm(text: string, { as }: SiteTerm): boolean {
  return text.toLowerCase().includes(as.toLowerCase())
}

/** Where no blanks part words, a term may stand within a run of letters. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

function patternOf(term: string): RegExp {
  // A term holds letters, digits, blanks and hyphens alone, so that nothing in it means anything to the pattern.
  if (UNSPACED.test(term)) return new RegExp(term, 'iu')
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${term}(?:e?s)?(?![\\p{L}\\p{M}\\p{N}])`, 'iu')
}
