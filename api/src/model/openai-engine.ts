import { setTimeout as delay } from 'node:timers/promises'
import { isRewritable } from '@lectern/shared'
import OpenAI, { APIConnectionError, APIError, APIUserAbortError } from 'openai'
import { type AnswerEnd, type Engine, EngineError, type RewriteTask } from '../rewriting/ports.ts'
import { promptVersion } from '../rewriting/prompt-rules.ts'
import { sectionPrompt } from '../rewriting/section-prompt.ts'
import { Patience, type PatienceLimits } from './patience.ts'

export type ModelSettings = { baseURL: string; apiKey: string; model: string }

/** Milliseconds; the SDK's own limit would be ten minutes. */
export const modelPatience: PatienceLimits = { firstPiece: 45_000, nextPiece: 20_000, whole: 240_000 }

/** Tries beside the first, only before anything has arrived; the SDK's own retries are off. */
const RETRIES = { most: 2, pause: 400, longestPause: 8_000 }

/** A token is at least so many characters of prose in the languages of the table, on average. */
const CHARACTERS_PER_TOKEN = 1.5

/** Beside the blocks: additions, and models that think first count their thoughts as part of the answer. */
const ROOM_TOKENS = 4000

/** Servers refuse a request for more than the model can write; gpt-4o's limit is 16,384. */
const MOST_TOKENS = 16_000

/** An engine that asks a language model behind any OpenAI-compatible server. */
export function openaiEngine(settings: ModelSettings, patience: PatienceLimits = modelPatience): Engine {
  const client = new OpenAI({
    baseURL: settings.baseURL,
    apiKey: settings.apiKey,
    maxRetries: 0,
    timeout: patience.whole,
  })
  return {
    model: settings.model,
    version: `lines-${promptVersion}`,
    answer: (task, signal) => answer(client, settings, task, signal, patience),
  }
}

async function* answer(
  client: OpenAI,
  settings: ModelSettings,
  task: RewriteTask,
  signal: AbortSignal,
  limits: PatienceLimits,
): AsyncGenerator<string, AnswerEnd> {
  for (let attempt = 0; ; attempt++) {
    const patience = new Patience(limits, signal)
    let started = false
    try {
      const pieces = ask(client, settings, task, patience)
      for (;;) {
        const next = await pieces.next()
        if (next.done) return next.value
        started = true
        yield next.value
      }
    } catch (error) {
      const failure = engineError(error, patience)
      if (started || attempt >= RETRIES.most || !mayRetry(error, patience)) throw failure
      await pause(attempt, failure.retryAfter, signal)
    } finally {
      patience.end()
    }
  }
}

async function* ask(
  client: OpenAI,
  { model, baseURL }: ModelSettings,
  task: RewriteTask,
  patience: Patience,
): AsyncGenerator<string, AnswerEnd> {
  const messages = sectionPrompt(task)
  const longest = longestAnswer(task)
  // OpenAI's newer models refuse `max_tokens`, other servers do not know its successor.
  const limit = baseURL.includes('api.openai.com')
    ? { max_completion_tokens: longest }
    : { max_tokens: longest }
  const stream = await client.chat.completions.create(
    { model, messages, ...limit, stream: true, stream_options: { include_usage: true } },
    { signal: patience.signal },
  )
  const end: AnswerEnd = { reason: 'other', prompt_tokens: 0, completion_tokens: 0 }
  for await (const chunk of stream) {
    patience.arrived()
    const choice = chunk.choices[0]
    if (choice?.finish_reason) end.reason = reasonOf(choice.finish_reason)
    if (chunk.usage) Object.assign(end, tokensOf(chunk.usage))
    if (choice?.delta?.content) yield choice.delta.content
  }
  // The SDK ends an aborted stream as if it were complete.
  patience.signal.throwIfAborted()
  return end
}

function reasonOf(reason: string): AnswerEnd['reason'] {
  return reason === 'stop' || reason === 'length' ? reason : 'other'
}

function tokensOf(usage: { prompt_tokens?: number; completion_tokens?: number }) {
  return { prompt_tokens: usage.prompt_tokens ?? 0, completion_tokens: usage.completion_tokens ?? 0 }
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

function mayRetry(error: unknown, patience: Patience): boolean {
  if (patience.spent !== undefined || error instanceof APIUserAbortError) return false
  if (error instanceof APIConnectionError) return true
  return (
    error instanceof APIError && (error.status === 429 || error.status === 408 || (error.status ?? 0) >= 500)
  )
}

async function pause(attempt: number, wanted: number | undefined, signal: AbortSignal): Promise<void> {
  const backoff = RETRIES.pause * 2 ** attempt * (0.5 + Math.random())
  const ms = Math.min(RETRIES.longestPause, Math.max(backoff, (wanted ?? 0) * 1000))
  await delay(ms, undefined, { signal, ref: false }).catch(() => {})
}

function engineError(error: unknown, patience: Patience): EngineError {
  if (error instanceof EngineError) return error
  if (patience.spent !== undefined)
    return new EngineError(
      'upstream_timeout',
      'The language model took too long to answer. Try again in a moment.',
      { cause: error },
    )
  if (error instanceof APIError && (error.status === 401 || error.status === 403 || error.status === 404))
    return new EngineError(
      'upstream_refused',
      "The language model refused the API's request. Whoever runs the API needs to check OPENAI_API_KEY, OPENAI_BASE_URL and LLM_MODEL.",
      { cause: error },
    )
  if (error instanceof APIError && error.status === 429) {
    const retryAfter = retryAfterOf(error)
    return new EngineError(
      'overloaded',
      'The language model has too much to do just now. Try again in a minute.',
      {
        retryAfter,
        cause: error,
      },
    )
  }
  return new EngineError(
    'upstream_failed',
    'The language model did not answer as it should. Try again in a moment.',
    {
      cause: error,
    },
  )
}

function retryAfterOf(error: APIError): number {
  const seconds = Number(error.headers?.get('retry-after'))
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) : 30
}
