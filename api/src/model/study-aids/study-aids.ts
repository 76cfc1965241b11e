import { type Block, isProse, isRewritable, type ProseBlock } from '@lectern/shared'
import { isFoldable } from '../../rewriting/fold-limit.ts'
import type { RewriteTask } from '../../rewriting/ports.ts'
import { contentWords, wordCounts } from './content-words.ts'
import { type FillIn, fillIn } from './fill-in.ts'
import { emphasize, keyTerms } from './key-terms.ts'
import { countSentences, type Sentence, sentencesIn, sentencesOf } from './sentences.ts'
import { rankSentences, summarize } from './summary.ts'

/** What a reader gets; a section takes three additions. */
type Aids = {
  /** Key terms before the section, for whom its words are new. */
  terms: number
  /** Sentences of a summary: before the section for those who may skip it, after it for the others. */
  summary: { sentences: number; place: 'before' | 'after' }
  questions: number
  /** Whether paragraphs that say nothing new to an expert are folded. */
  folds: boolean
}

/** By what the reader knows, and what for: who teaches gets more to ask, who researches the gist first. */
function aidsFor({ profile, adjustment }: RewriteTask): Aids {
  const known = { none: 0, basic: 1, intermediate: 2, advanced: 3 }[profile.subject_background] + adjustment
  const questions = profile.learning_goal === 'teaching' ? 2 : 1
  if (known <= 0) return { terms: 3, summary: { sentences: 0, place: 'after' }, questions, folds: false }
  if (known === 1) return { terms: 2, summary: { sentences: 1, place: 'after' }, questions: 1, folds: false }
  const gist = profile.learning_goal === 'research' || profile.education_level === 'professional' ? 3 : 2
  if (known === 2) return { terms: 0, summary: { sentences: gist, place: 'after' }, questions, folds: false }
  return {
    terms: 0,
    summary: { sentences: gist, place: 'before' },
    questions: profile.learning_goal === 'teaching' ? 1 : 0,
    folds: true,
  }
}

/** The aids for a section, in the line protocol. */
export function studyAids(task: RewriteTask): string[] {
  const { section, profile, language, title, variant } = task
  const aids = aidsFor(task)
  const headings = [title, ...section.path, ...headingsOf(section.blocks)]
  const heading = headings.at(-1) ?? ''
  const sentences = asksOrPoints(heading) ? [] : sentencesOf(section)
  // A summary as long as what it sums up helps nobody.
  const most = needsNoSummary(heading)
    ? 0
    : Math.min(aids.summary.sentences, Math.floor(countSentences(section) / 3))
  const summary = summarize(sentences, headings, most)
  const last = section.blocks.length
  const folded = aids.folds ? foldable(section.blocks, summary) : new Set<number>()
  const statuses = section.blocks.flatMap((block, i) =>
    isRewritable(block, language, profile.language) ? [`@${i + 1} ${folded.has(i + 1) ? '~' : '='}`] : [],
  )
  return [
    ...statuses,
    ...termLines(sentences, needsNoSummary(heading) ? 0 : aids.terms),
    ...(summary.length === 0
      ? []
      : [
          `+summary @${aids.summary.place === 'before' ? 0 : last} ${summary.map(({ text }) => text).join(' ')}`,
        ]),
    ...questionsOf(sentences, headings, { ...aids, variant, comesUp: wordCounts(proseOf(task)) }).flatMap(
      (check) => [`+check @${last} ${check.question}`, `+answer ${check.answer}`],
    ),
  ]
}

function headingsOf(blocks: RewriteTask['section']['blocks']): string[] {
  return blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []))
}

/** A section of exercises asks enough by itself, one of references has nothing to quote. */
function asksOrPoints(heading: string): boolean {
  return /\b(?:exercises?|questions?|problems?|quiz|homework|assignments?|activity|activities|references|bibliography|further reading|see also|acknowledge?ments|licen[cs]e|credits|footnotes)\b/i.test(
    heading,
  )
}

/** A section that is a summary or a list of terms already, or one case of which no sentence says the gist. */
function needsNoSummary(heading: string): boolean {
  return /\b(?:summary|conclusions?|takeaways?|key (?:terms|points|ideas)|glossary|vocabulary|examples?)\b/i.test(
    heading,
  )
}

/**
 * The blocks that an expert can skip: paragraphs without code, formula, number or term of their own, neither needed
 * for the gist nor leading into what follows. Something is left to read of every section.
 */
function foldable(blocks: RewriteTask['section']['blocks'], summary: readonly Sentence[]): Set<number> {
  const basic = blocks.flatMap((block, i) => {
    const isGist = summary.some((sentence) => sentence.block === i + 1)
    return isProse(block) && isBasic(block, blocks[i + 1]) && !isGist ? [i + 1] : []
  })
  const rest = blocks.filter((block, i) => block.kind !== 'heading' && !basic.includes(i + 1))
  return new Set(rest.length === 0 ? [] : basic)
}

function isBasic(block: ProseBlock, next: Block | undefined): boolean {
  if (!isFoldable(block, next) || block.kind !== 'paragraph') return false
  if (/[`$*\d]/.test(block.text) || (block.atoms ?? []).length > 0) return false
  // Of a fold the first sentence stays in view: one of a single sentence, or of the end of one, hides nothing.
  return !/^\p{Ll}/u.test(block.text) && sentencesIn(block).length > 1
}

function termLines(sentences: readonly Sentence[], most: number): string[] {
  const terms = keyTerms(sentences).slice(0, most)
  if (terms.length === 0) return []
  const defined = terms.map(({ term, sentence }) => emphasize(sentence.text, term))
  return [`+background @0 ${terms.length === 1 ? 'A word' : 'Words'} to know. ${defined.join(' ')}`]
}

function proseOf({ title, section }: RewriteTask): string[] {
  return [title, ...section.path, ...section.blocks.flatMap((block) => (isProse(block) ? [block.text] : []))]
}

/**
 * Of the sentences that say most, each asking for another word that comes up in the section; another wording asks
 * others, as long as there are any.
 */
function questionsOf(
  sentences: readonly Sentence[],
  headings: readonly string[],
  { questions, variant, comesUp }: Aids & { variant: number; comesUp: ReadonlyMap<string, number> },
): FillIn[] {
  const possible = new Map<string, FillIn>()
  for (const { text } of rankSentences(sentences, headings)) {
    const check = fillIn(text, comesUp)
    const asked = contentWords(check?.answer ?? '').join()
    if (check !== undefined && !possible.has(asked)) possible.set(asked, check)
  }
  const all = [...possible.values()]
  const others = Math.min(variant * questions, Math.max(0, all.length - questions))
  return all.slice(others, others + questions)
}
