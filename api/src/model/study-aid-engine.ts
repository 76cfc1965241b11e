import { isProse, isRewritable, languageOf, type ProseBlock, parseInline, plainText } from '@lectern/shared'
import { type AnswerEnd, type Engine, EngineError, type RewriteTask } from '../rewriting/ports.ts'
import { isFoldable } from '../rewriting/validate-addition.ts'
import { defines, fillIn, keyTerm, sentencesOf } from './study-aids.ts'

/**
 * The engine for when no language model is connected, and it says so. It leaves every sentence of the author
 * alone; by the profile it folds and adds, from the section's own sentences: key terms with the sentence that
 * defines them, a summary, a fill-in question. English only: it does not translate.
 */
export const studyAidEngine: Engine = {
  model: 'study aids, no language model',
  version: 'study-aids-1',
  notice: 'study_aids',
  refuses,
  answer,
}

function refuses({ language, profile }: Pick<RewriteTask, 'language' | 'profile'>): EngineError | undefined {
  if (profile.language === 'en' && (language === 'en' || language === 'und')) return undefined
  const wanted = languageOf(profile.language)?.name ?? profile.language
  const message =
    profile.language === 'en'
      ? 'Without a language model, only lessons in English get study aids. Ask whoever runs this API to connect a model.'
      : `Writing in ${wanted} needs a language model, and none is connected. Choose English in Options, or ask whoever runs this API to connect a model.`
  return new EngineError('language_needs_model', message)
}

async function* answer(task: RewriteTask): AsyncGenerator<string, AnswerEnd> {
  yield `${answerLines(task).join('\n')}\n`
  return { reason: 'stop', prompt_tokens: 0, completion_tokens: 0 }
}

function answerLines(task: RewriteTask): string[] {
  const { section, profile, language, adjustment } = task
  const prose = section.blocks.flatMap((block, i) =>
    isRewritable(block, language, profile.language) ? [{ number: i + 1, block }] : [],
  )
  const expert = levelOf(profile.subject_background) + adjustment >= 2
  const folded = new Set(
    expert ? prose.filter(({ block }) => isBasic(block)).map(({ number }) => number) : [],
  )
  return [
    ...prose.map(({ number }) => `@${number} ${folded.has(number) ? '~' : '='}`),
    ...(expert ? expertAids(task) : beginnerAids(task)),
  ]
}

function levelOf(background: RewriteTask['profile']['subject_background']): number {
  return { none: 0, basic: 1, intermediate: 2, advanced: 3 }[background]
}

/** What an expert can skip: a paragraph without code, formula, number or term of its own, outside notes. */
function isBasic(block: ProseBlock): boolean {
  if (!isFoldable(block) || block.kind !== 'paragraph') return false
  return !/[`$*\d]/.test(block.text) && (block.atoms ?? []).length === 0
}

type Sentence = { block: number; text: string }

function sentences(task: RewriteTask): Sentence[] {
  return task.section.blocks.flatMap((block, i) =>
    isProse(block) && block.kind !== 'heading' && block.kind !== 'cell' && block.kind !== 'caption'
      ? sentencesOf(block).map((text) => ({ block: i + 1, text }))
      : [],
  )
}

function beginnerAids(task: RewriteTask): string[] {
  const all = sentences(task)
  const last = task.section.blocks.length
  const definition = all.find(({ text }) => defines(text))
  const question = [...all]
    .reverse()
    .find(({ text }) => text !== definition?.text && fillIn(text) !== undefined)
  const check = question === undefined ? undefined : fillIn(question.text)
  const term = definition === undefined ? undefined : keyTerm(definition.text)
  return [
    ...(definition === undefined || term === undefined
      ? []
      : [`+background @${definition.block} Key term: ${strong(term)}. ${definition.text}`]),
    ...(check === undefined ? [] : [`+check @${last} ${check.question}`, `+answer ${check.answer}`]),
  ]
}

function expertAids(task: RewriteTask): string[] {
  const paragraphs = task.section.blocks.filter((block) => block.kind === 'paragraph').filter(isProse)
  if (paragraphs.length < 2) return []
  const summary = paragraphs.flatMap((block) => sentencesOf(block).slice(0, 1)).slice(0, 2)
  return summary.length < 2 ? [] : [`+summary @${task.section.blocks.length} ${summary.join(' ')}`]
}

function strong(term: string): string {
  const words = plainText(parseInline(term))
  return words === '' ? term : `**${term}**`
}
