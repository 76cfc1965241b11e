import {
  type Addition,
  type BlockRewrite,
  countWords,
  isRewritable,
  isTranslation,
  type ProseBlock,
  parseInline,
} from '@lectern/shared'
import { type AnswerLine, AnswerReader } from './answer-lines.ts'
import { factsOf, sectionFacts } from './block-facts.ts'
import { type AnswerEnd, type Engine, EngineError, type RewriteTask } from './ports.ts'
import { secretRuns } from './prompt-leak.ts'
import { rules } from './prompt-rules.ts'
import { type AdditionText, additionLimits, isFoldable, validateAddition } from './validate-addition.ts'
import { type ValidationContext, validateBlock } from './validate-block.ts'

export type SectionStep = { type: 'block'; rewrite: BlockRewrite } | { type: 'addition'; addition: Addition }

export type SectionResult = {
  blocks: BlockRewrite[]
  additions: Addition[]
  prompt_tokens: number
  completion_tokens: number
  /** Calls to the engine: one, and one for each block that had to be asked for again. */
  calls: number
  /** Whether the rewrite is good enough to be kept for others. */
  storable: boolean
}

/** At most so many blocks of a section are asked for again; an answer that fails more often is a bad answer. */
const MOST_RETRIES = 6
/** A section of which more than this share was restored is shown once and made again next time. */
const MOST_RESTORED = 0.25

/**
 * Rewrites one section: asks the engine, reads its lines as they come, checks each block and gives it as soon as
 * it is right; asks once more for each block that failed and falls back to the author's text.
 * Throws an {@link EngineError} when the engine gave no usable answer at all.
 */
export async function* rewriteSection(
  engine: Engine,
  task: RewriteTask,
  signal: AbortSignal,
): AsyncGenerator<SectionStep, SectionResult> {
  const draft = new SectionDraft(task)
  const end = yield* draft.read(engine.answer(task, signal))
  if (end.reason !== 'stop') throw unusable('The answer of the language model broke off.')
  if (draft.isEmpty()) throw unusable('The language model answered nothing that fits this lesson.')
  const tokens = { prompt_tokens: end.prompt_tokens, completion_tokens: end.completion_tokens }
  let calls = 1
  let upstreamFailed = false
  for (const block of draft.missing().slice(0, MOST_RETRIES)) {
    calls += 1
    try {
      const again = yield* draft.read(engine.answer({ ...task, only: block }, signal))
      tokens.prompt_tokens += again.prompt_tokens
      tokens.completion_tokens += again.completion_tokens
      upstreamFailed ||= again.reason !== 'stop'
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      upstreamFailed = true
      break
    }
  }
  const restored = draft.missing()
  for (const block of restored) yield draft.restore(block)
  return {
    blocks: draft.blocks(),
    additions: draft.additions,
    ...tokens,
    calls,
    storable: !(upstreamFailed && restored.length > 0) && restored.length <= draft.asked * MOST_RESTORED,
  }
}

function unusable(reason: string): EngineError {
  return new EngineError('upstream_failed', `${reason} Try again in a moment.`)
}

/** What has been answered of one section so far. */
class SectionDraft {
  readonly additions: Addition[] = []
  readonly #task: RewriteTask
  readonly #context: ValidationContext
  readonly #sources: ReadonlyMap<number, ProseBlock>
  readonly #done = new Map<number, BlockRewrite>()
  readonly #length: { words: number; most: number }
  #check: AdditionText | undefined

  constructor(task: RewriteTask) {
    const { section, language, profile, title } = task
    this.#task = task
    this.#sources = new Map(
      section.blocks.flatMap((block, i) =>
        isRewritable(block, language, profile.language) ? [[i + 1, block] as const] : [],
      ),
    )
    const facts = sectionFacts(section.blocks, [title, ...section.path])
    const secret = secretRuns(rules(task), facts.text)
    this.#context = { facts, lessonLanguage: language, language: profile.language, secret }
    this.#length = { words: 0, most: mostWords(task, [...this.#sources.values()]) }
  }

  get asked(): number {
    return this.#sources.size
  }

  isEmpty(): boolean {
    return this.#done.size === 0 && this.asked > 0
  }

  missing(): number[] {
    return [...this.#sources.keys()].filter((block) => !this.#done.has(block))
  }

  blocks(): BlockRewrite[] {
    return [...this.#done.values()].sort((a, b) => a.block - b.block)
  }

  restore(block: number): SectionStep {
    return this.#settle({ block, status: 'restored' })
  }

  /** Takes an answer as it comes. The last line of one that broke off is no whole line. */
  async *read(answer: AsyncGenerator<string, AnswerEnd>): AsyncGenerator<SectionStep, AnswerEnd> {
    const reader = new AnswerReader()
    for (;;) {
      const piece = await answer.next()
      if (!piece.done) yield* this.#takeAll(reader.feed(piece.value))
      else {
        if (piece.value.reason === 'stop') yield* this.#takeAll(reader.end())
        return piece.value
      }
    }
  }

  *#takeAll(lines: readonly AnswerLine[]): Generator<SectionStep> {
    for (const line of lines) {
      const step = this.#take(line)
      if (step !== undefined) yield step
    }
  }

  #take(line: AnswerLine): SectionStep | undefined {
    if (line.type === 'answer') return this.#takeCheck(line.text)
    this.#check = undefined
    if (line.type === 'block') return this.#takeBlock(line)
    if (line.kind !== 'check') return this.#takeAddition(line)
    this.#check = line
    return undefined
  }

  #takeCheck(answer: string): SectionStep | undefined {
    const question = this.#check
    this.#check = undefined
    return question === undefined ? undefined : this.#takeAddition({ ...question, answer })
  }

  #takeAddition(text: AdditionText): SectionStep | undefined {
    if (this.additions.length >= additionLimits.count) return undefined
    const addition = validateAddition(
      text,
      this.#task.section.blocks,
      this.#task.site.additions,
      this.#context,
    )
    if (addition === undefined) return undefined
    this.additions.push(addition)
    return { type: 'addition', addition }
  }

  #takeBlock(line: Extract<AnswerLine, { type: 'block' }>): SectionStep | undefined {
    const source = this.#sources.get(line.block)
    if (source === undefined || this.#done.has(line.block)) return undefined
    if (line.action === 'rewrite') return this.#takeRewrite(line.block, line.text, source)
    if (!this.#mayKeep(source)) return undefined
    const status = line.action === 'fold' && isFoldable(source) ? 'folded' : 'kept'
    return this.#settle({ block: line.block, status })
  }

  /** The author's words may stand only where they are in the language that was asked for, or are no words. */
  #mayKeep(source: ProseBlock): boolean {
    const { language, profile } = this.#task
    return (
      !isTranslation(language, profile.language) || countWords(factsOf(parseInline(source.text)).prose) <= 4
    )
  }

  #takeRewrite(block: number, text: string, source: ProseBlock): SectionStep | undefined {
    const validated = validateBlock(text, source, this.#context)
    if (!validated.ok) return undefined
    if (validated.inline === source.text)
      return this.#mayKeep(source) ? this.#settle({ block, status: 'kept' }) : undefined
    if (this.#length.words + validated.words > this.#length.most) return undefined
    this.#length.words += validated.words
    return this.#settle({ block, status: 'rewritten', inline: validated.inline })
  }

  #settle(rewrite: BlockRewrite): SectionStep {
    this.#done.set(rewrite.block, rewrite)
    return { type: 'block', rewrite }
  }
}

/** A beginner's section may take more words than the author's; an expert's hardly any, a translation some. */
function mostWords({ language, profile, adjustment }: RewriteTask, sources: readonly ProseBlock[]): number {
  const words = sources.reduce((sum, block) => sum + countWords(factsOf(parseInline(block.text)).words), 0)
  const beginner = profile.subject_background === 'none' || profile.subject_background === 'basic'
  const factor = beginner || adjustment === 1 ? 2.2 : 1.2
  const translated = isTranslation(language, profile.language) ? 1.6 : 1
  return words * factor * translated + 60
}
