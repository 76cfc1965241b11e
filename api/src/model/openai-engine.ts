import { setTimeout as delay } from 'node:timers/promises'
import { isRewritable } from '@lectern/shared'
import OpenAI from 'openai'
import type { AnswerEnd, Engine, RewriteTask, Tokens } from '../rewriting/ports.ts'
import { type Message, promptVersion } from '../rewriting/prompt-rules.ts'
import { sectionPrompt } from '../rewriting/section-prompt.ts'
import { Breaker } from './breaker.ts'
import { completionEvents } from './completion-events.ts'
import { Patience, type PatienceLimits } from './patience.ts'
import { promptTokenBound, tokenBound } from './token-bound.ts'
import { askedToWait, engineError, isPassing, isTrouble, isTurnedAway } from './upstream-error.ts'

export type ModelSettings = { baseURL: string; apiKey: string; model: string }

/** Milliseconds; the SDK's own limit would be ten minutes. */
export const modelPatience: PatienceLimits = { firstPiece: 45_000, nextPiece: 20_000, whole: 240_000 }

/** Tries beside the first, only before anything has arrived; the SDK's own retries are off. */
const RETRIES = { most: 2, pauseMs: 400, longestMs: 8_000 }

/** A lesson makes forty calls at once: five failures in a row are soon there when none succeeds. */
const BREAKER = { failures: 5, pauseMs: 15_000 }

/** A token is at least so many characters of prose in the languages of the table, on average. */
const CHARACTERS_PER_TOKEN = 1.5

/** Beside the blocks: additions, and models that think first count their thoughts as part of the answer. */
const ROOM_TOKENS = 4000

/** Servers refuse a request for more than the model can write; gpt-4o's limit is 16,384. */
const MOST_TOKENS = 16_000

/** An engine that asks a language model behind any OpenAI-compatible server. */
export function openaiEngine(
  settings: ModelSettings,
  patience: PatienceLimits = modelPatience,
  breakerPause = BREAKER.pauseMs,
): Engine {
  const client = new OpenAI({
    baseURL: settings.baseURL,
    apiKey: settings.apiKey,
    maxRetries: 0,
    timeout: patience.whole,
    // What it would log of a broken stream is a lesson's text.
    logLevel: 'off',
  })
  const breaker = new Breaker({ ...BREAKER, pauseMs: breakerPause, isTrouble })
  return {
    model: settings.model,
    version: `lines-${promptVersion}`,
    isLeftAlone: () => breaker.isOpen,
    mostTokens: (task) => ({
      prompt_tokens: promptTokenBound(sectionPrompt(task)),
      completion_tokens: longestAnswer(task),
    }),
    answer(task, signal) {
      const call = { client, settings, messages: sectionPrompt(task), longest: longestAnswer(task) }
      return breaker.guard(
        (onFirstPiece) => persist(call, { patience, breaker, signal, onFirstPiece }),
        signal,
      )
    },
  }
}

type Call = { client: OpenAI; settings: ModelSettings; messages: Message[]; longest: number }
type Persistence = {
  patience: PatienceLimits
  breaker: Breaker
  signal: AbortSignal
  onFirstPiece: () => void
}

/** The one place of retries: what fails before its first piece, and may pass, is asked again. */
async function* persist(
  call: Call,
  { patience: limits, breaker, signal, onFirstPiece }: Persistence,
): AsyncGenerator<string, AnswerEnd> {
  for (let attempt = 0; ; attempt++) {
    const patience = new Patience(limits, signal)
    const received = { text: '' }
    try {
      const pieces = ask(call, patience, received)
      for (let next = await pieces.next(); ; next = await pieces.next()) {
        if (next.done) return next.value
        onFirstPiece()
        yield next.value
      }
    } catch (error) {
      const failure = engineError(error, patience, spentOf(call, error, received.text))
      const pauseMs = pauseBefore(attempt + 1, askedToWait(error))
      const isLast = attempt >= RETRIES.most || pauseMs === undefined || breaker.isOpen
      if (isLast || received.text !== '' || patience.spent !== undefined || !isPassing(error)) throw failure
      await delay(pauseMs, undefined, { signal, ref: false }).catch(() => undefined)
    } finally {
      patience.end()
    }
  }
}

/** One request; `received` is what has come of its answer so far. */
async function* ask(
  { client, settings: { model, baseURL }, messages, longest }: Call,
  patience: Patience,
  received: { text: string },
): AsyncGenerator<string, AnswerEnd> {
  // OpenAI's newer models refuse `max_tokens`, other servers do not know its successor.
  const limit = baseURL.includes('api.openai.com')
    ? { max_completion_tokens: longest }
    : { max_tokens: longest }
  const response = await client.chat.completions
    .create(
      { model, messages, ...limit, stream: true, stream_options: { include_usage: true } },
      { signal: patience.signal },
    )
    .asResponse()
  let reason: AnswerEnd['reason'] | undefined
  let tokens: Tokens | undefined
  for await (const events of completionEvents(response)) {
    patience.arrived()
    let piece = ''
    for (const { choices, usage } of events) {
      const choice = choices?.[0]
      if (choice?.finish_reason) reason = reasonOf(choice.finish_reason)
      if (usage) tokens = tokensOf(usage)
      piece += choice?.delta?.content ?? ''
    }
    if (piece === '') continue
    received.text += piece
    yield piece
  }
  // What broke off while the last of it was read is no end, and neither is where a server stops in between.
  patience.signal.throwIfAborted()
  if (reason === undefined) throw new Error('The stream ended without a reason.')
  return { reason, ...(tokens ?? estimate(messages, received.text)) }
}

function reasonOf(reason: string): AnswerEnd['reason'] {
  return reason === 'stop' || reason === 'length' ? reason : 'other'
}

function tokensOf(usage: { prompt_tokens?: number; completion_tokens?: number }): Tokens {
  return { prompt_tokens: usage.prompt_tokens ?? 0, completion_tokens: usage.completion_tokens ?? 0 }
}

/** What a call has cost whose server does not say so. */
function estimate(messages: readonly Message[], text: string): Tokens {
  return { prompt_tokens: promptTokenBound(messages), completion_tokens: tokenBound(text) }
}

function spentOf({ messages }: Call, error: unknown, text: string): Tokens {
  return text === '' && isTurnedAway(error)
    ? { prompt_tokens: 0, completion_tokens: 0 }
    : estimate(messages, text)
}

/** Milliseconds, by chance longer or shorter so that calls do not all come back at once; nothing for too long a time. */
function pauseBefore(attempt: number, askedSeconds: number | undefined): number | undefined {
  const usual = RETRIES.pauseMs * 2 ** (attempt - 1)
  const jitter = usual * Math.random()
  const pauseMs = askedSeconds === undefined ? usual / 2 + jitter : askedSeconds * 1000 + jitter
  return pauseMs > RETRIES.longestMs ? undefined : pauseMs
}

/** Output is bounded by input: what validation lets pass at the most, with room for additions and thoughts. */
function longestAnswer({ section, language, profile, only }: RewriteTask): number {
  const characters = section.blocks.reduce((sum, block, i) => {
    const isAsked =
      only === undefined ? isRewritable(block, language, profile.language) : only.block === i + 1
    return isAsked ? sum + block.text.length : sum
  }, 0)
  return Math.min(MOST_TOKENS, ROOM_TOKENS + Math.ceil((characters * 4) / CHARACTERS_PER_TOKEN))
}
