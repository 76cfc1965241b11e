import type { Addition, BlockRewrite } from '@lectern/shared'
import { type Engine, EngineError, type RewriteTask, type Tokens } from './ports.ts'
import { SectionDraft, type SectionStep } from './section-draft.ts'

export type { SectionStep } from './section-draft.ts'

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
 * it is right; asks once more for each block that failed and falls back to the author's text. What was `begun` by
 * another process that fell silent stays as its readers have seen it, and is not given again.
 * Throws an {@link EngineError} when the engine gave no usable answer at all.
 */
export async function* rewriteSection(
  engine: Engine,
  task: RewriteTask,
  signal: AbortSignal,
  begun: readonly SectionStep[] = [],
): AsyncGenerator<SectionStep, SectionResult> {
  const draft = new SectionDraft(task)
  draft.resume(begun)
  if (begun.length > 0 && draft.missing().length === 0) return wholeOf(draft)
  const end = yield* draft.read(engine.answer(task, signal))
  if (end.reason !== 'stop') throw unusable('The answer of the language model broke off.', end)
  if (draft.isEmpty()) throw unusable('The language model answered nothing that fits this lesson.', end)
  let tokens = tokensOf(end)
  let calls = 1
  let upstreamFailed = false
  for (const block of draft.missing().slice(0, MOST_RETRIES)) {
    calls += 1
    try {
      const again = yield* draft.read(engine.answer({ ...task, only: askAgain(block, draft) }, signal))
      tokens = sum(tokens, again)
      upstreamFailed ||= again.reason !== 'stop'
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      tokens = sum(tokens, error.spent)
      upstreamFailed = true
      break
    }
  }
  const missing = draft.missing()
  for (const block of missing) yield draft.restore(block)
  const whole = wholeOf(draft)
  return {
    ...whole,
    ...tokens,
    calls,
    storable: whole.storable && !(upstreamFailed && missing.length > 0),
  }
}

/** The section as it stands, without the calls that it took. */
function wholeOf(draft: SectionDraft): SectionResult {
  const blocks = draft.blocks()
  const restored = blocks.filter(({ status }) => status === 'restored')
  return {
    blocks,
    additions: draft.additions,
    prompt_tokens: 0,
    completion_tokens: 0,
    calls: 0,
    storable: restored.length <= draft.asked * MOST_RESTORED,
  }
}

function askAgain(block: number, draft: SectionDraft): NonNullable<RewriteTask['only']> {
  const fault = draft.faultOf(block)
  return { block, ...(fault === undefined ? {} : { fault }) }
}

function tokensOf({ prompt_tokens, completion_tokens }: Tokens): Tokens {
  return { prompt_tokens, completion_tokens }
}

function sum(a: Tokens, b: Tokens): Tokens {
  return {
    prompt_tokens: a.prompt_tokens + b.prompt_tokens,
    completion_tokens: a.completion_tokens + b.completion_tokens,
  }
}

function unusable(reason: string, end: Tokens): EngineError {
  return new EngineError('upstream_failed', `${reason} Try again in a moment.`, { spent: tokensOf(end) })
}
