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
import { FoldLimit } from './fold-limit.ts'
import { termsOfSection } from './glossary.ts'
import type { AnswerEnd, RewriteTask } from './ports.ts'
import { secretRuns } from './prompt-leak.ts'
import { rules } from './prompt-rules.ts'
import { sectionReaderLines } from './reader-lines.ts'
import { type AdditionText, additionLimits, validateAddition } from './validate-addition.ts'
import { type BlockFault, type ValidationContext, validateBlock } from './validate-block.ts'
import { WordBudget } from './word-budget.ts'

/** A block may come more than once: the last one counts. */
export type SectionStep = { type: 'block'; rewrite: BlockRewrite } | { type: 'addition'; addition: Addition }

type BlockLine = Extract<AnswerLine, { type: 'block' }>

/** What has been answered of one section so far. */
export class SectionDraft {
  readonly additions: Addition[] = []
  readonly #task: RewriteTask
  readonly #context: ValidationContext
  readonly #sources: ReadonlyMap<number, ProseBlock>
  readonly #words: WordBudget
  readonly #folds: FoldLimit
  readonly #done = new Map<number, BlockRewrite>()
  /** What readers were given before this answer, or in its drafts: blocks that stand, kinds that no second one joins. */
  readonly #begunBlocks = new Map<number, BlockRewrite>()
  readonly #begunKinds = new Set<Addition['kind']>()
  readonly #faults = new Map<number, BlockFault>()
  /** Rewrites that are too short to tell their language; how many told the right one, and a wrong one. */
  readonly #untold = new Set<number>()
  readonly #told = { right: 0, wrong: 0 }
  /** The block whose line came last and was taken: what follows below it belongs to it. */
  #open: number | undefined
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
    const secret = secretRuns([rules(task), ...sectionReaderLines(profile)].join('\n'), facts.text)
    const terms = termsOfSection(task)
    this.#context = { facts, lessonLanguage: language, language: profile.language, terms, secret }
    this.#words = new WordBudget(task, this.#sources)
    this.#folds = new FoldLimit(task)
  }

  /** How many blocks are asked for. */
  get asked(): number {
    return this.#sources.size
  }

  isEmpty(): boolean {
    return this.#done.size === 0 && this.asked > 0
  }

  /** The blocks that have no right answer yet. */
  missing(): number[] {
    return [...this.#sources.keys()].filter((block) => !this.#done.has(block))
  }

  /** What was wrong with the last answer for a block; nothing where there was none. */
  faultOf(block: number): BlockFault | undefined {
    return this.#faults.get(block)
  }

  blocks(): BlockRewrite[] {
    return [...this.#done.values()].sort((a, b) => a.block - b.block)
  }

  /** Takes over what was given already by another process; no second addition of a kind joins it. */
  resume(steps: readonly SectionStep[]): void {
    for (const step of steps) {
      if (step.type === 'addition') {
        this.additions.push(step.addition)
        this.#begunKinds.add(step.addition.kind)
      } else this.#resumeBlock(step.rewrite)
    }
  }

  #resumeBlock(rewrite: BlockRewrite): void {
    const { block, status, inline = '' } = rewrite
    if (status === 'rewritten') this.#words.take(block, countWords(factsOf(parseInline(inline)).words))
    else this.#words.keep(block)
    if (status === 'folded') this.#folds.take(block)
    this.#begunBlocks.set(block, rewrite)
    this.#settle(rewrite)
  }

  /** Gives a block the author's text. */
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
    if (line.type === 'restart') return this.#restart()
    if (line.type === 'answer') return this.#takeCheck(line.text)
    this.#check = undefined
    if (line.type === 'block') return this.#takeBlock(line)
    if (line.kind !== 'check') return this.#takeAddition(line)
    this.#check = line
    return undefined
  }

  /** What was read of this answer so far were drafts. Blocks are given once more; an addition cannot be taken back. */
  #restart(): undefined {
    this.#done.clear()
    for (const [block, rewrite] of this.#begunBlocks) this.#done.set(block, rewrite)
    for (const { kind } of this.additions) this.#begunKinds.add(kind)
    this.#open = undefined
    this.#check = undefined
  }

  #takeCheck(answer: string): SectionStep | undefined {
    const question = this.#check
    this.#check = undefined
    return question === undefined ? undefined : this.#takeAddition({ ...question, answer })
  }

  #takeAddition(text: AdditionText): SectionStep | undefined {
    if (this.additions.length >= additionLimits.count || this.#begunKinds.has(text.kind)) return undefined
    const { section, site } = this.#task
    const addition = validateAddition(text, section.blocks, site.additions, this.#context)
    if (addition === undefined) return undefined
    this.additions.push(addition)
    return { type: 'addition', addition }
  }

  #takeBlock(line: BlockLine): SectionStep | undefined {
    const { block } = line
    const isContinued = 'continued' in line && this.#open === block
    const source = this.#sources.get(block)
    if (source === undefined || (this.#done.has(block) && !isContinued)) return undefined
    const rewrite = line.action === 'rewrite' ? this.#rewritten(line, source) : this.#unchanged(line, source)
    if (rewrite === undefined) return undefined
    this.#open = block
    return this.#settle(rewrite)
  }

  #unchanged({ block, action }: BlockLine, source: ProseBlock): BlockRewrite | undefined {
    if (!this.#mayKeep(source)) return this.#refuse(block, 'wrong_language')
    this.#words.keep(block)
    return { block, status: action === 'fold' && this.#folds.take(block) ? 'folded' : 'kept' }
  }

  /** The author's words may stand only where they are in the language that was asked for, or are no words. */
  #mayKeep(source: ProseBlock): boolean {
    const { language, profile } = this.#task
    return (
      !isTranslation(language, profile.language) || countWords(factsOf(parseInline(source.text)).prose) <= 4
    )
  }

  #rewritten(
    { block, text }: Extract<BlockLine, { text: string }>,
    source: ProseBlock,
  ): BlockRewrite | undefined {
    const validated = validateBlock(text, source, this.#context)
    if (!validated.ok) {
      if (validated.fault === 'wrong_language') this.#hearWrongLanguage()
      return this.#refuse(block, validated.fault)
    }
    const { inline, words, tellsLanguage } = validated
    if (inline === source.text) return this.#unchanged({ type: 'block', block, action: 'keep' }, source)
    if (!tellsLanguage && this.#isDistrusted) return this.#refuse(block, 'wrong_language')
    if (!this.#words.take(block, words)) return this.#refuse(block, 'too_long')
    if (tellsLanguage) this.#told.right += 1
    else this.#untold.add(block)
    return { block, status: 'rewritten', inline }
  }

  #refuse(block: number, fault: BlockFault): undefined {
    this.#faults.set(block, fault)
  }

  get #isDistrusted(): boolean {
    return this.#told.wrong > this.#told.right
  }

  /** An answer in a wrong language is so in its headings too, which alone are too short to tell. */
  #hearWrongLanguage(): void {
    this.#told.wrong += 1
    if (!this.#isDistrusted) return
    for (const block of this.#untold) this.#done.delete(block)
    this.#untold.clear()
  }

  #settle(rewrite: BlockRewrite): SectionStep {
    this.#done.set(rewrite.block, rewrite)
    return { type: 'block', rewrite }
  }
}
