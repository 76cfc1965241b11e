import type { Engine } from '../rewriting/ports.ts'
import { modelPatience, openaiEngine } from './openai-engine.ts'
import type { PatienceLimits } from './patience.ts'
import { studyAidEngine } from './study-aids/study-aid-engine.ts'

/** What the settings say of a model; a key or an address never comes without a name. */
export type ModelChoice = { apiKey?: string; baseUrl?: string; name?: string }

const OPENAI = 'https://api.openai.com/v1'

/** Where Ollama listens when nobody has changed it. */
const OLLAMA = 'http://127.0.0.1:11434/v1'

/**
 * Ollama answers one to four requests at once, as the machine's memory allows, and lets the others wait in silence:
 * of the 40 sections of a lesson most would be given up before their first word.
 */
const OLLAMA_AT_ONCE = 2

/**
 * Milliseconds. On a machine without a graphics card a model is loaded first, reads a prompt at some tens of tokens a
 * second, and where memory is scarce lets the second call wait for the whole of the first. A hang costs nobody else.
 */
export const ollamaPatience: PatienceLimits = { firstPiece: 240_000, nextPiece: 60_000, whole: 900_000 }

/** Models that give vectors, not words, by the names under which Ollama's library has them. */
const EMBEDDING = /embed|minilm|\bbge-|paraphrase|rerank/i

/** Long enough for a server on the same machine, short enough not to be felt at start. */
const PROBE_MS = 400

/**
 * The engine that answers: the configured model; else an Ollama that runs on this machine, with the configured
 * name or its first model; else the study aids. `ollama` is its address.
 */
export async function chooseEngine(choice: ModelChoice, ollama = OLLAMA): Promise<Engine> {
  const { apiKey, baseUrl, name } = choice
  if (name !== undefined && (apiKey !== undefined || baseUrl !== undefined))
    return openaiEngine(
      { baseURL: baseUrl ?? OPENAI, apiKey: apiKey ?? 'none', model: name },
      baseUrl !== undefined && isOllama(baseUrl) ? ollamaPatience : modelPatience,
    )
  const found = await firstOllamaModel(ollama)
  if (found === undefined) return studyAidEngine
  return {
    ...openaiEngine({ baseURL: ollama, apiKey: 'ollama', model: name ?? found }, ollamaPatience),
    atOnce: OLLAMA_AT_ONCE,
  }
}

/** By its port, which few change. */
function isOllama(baseUrl: string): boolean {
  return new URL(baseUrl).port === new URL(OLLAMA).port
}

async function firstOllamaModel(baseURL: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${baseURL}/models`, { signal: AbortSignal.timeout(PROBE_MS) })
    const answer: unknown = await response.json()
    return modelNames(answer).find((name) => !EMBEDDING.test(name))
  } catch {
    return undefined
  }
}

function modelNames(answer: unknown): string[] {
  if (typeof answer !== 'object' || answer === null || !('data' in answer) || !Array.isArray(answer.data))
    return []
  return answer.data.flatMap((model: unknown) =>
    typeof model === 'object' && model !== null && 'id' in model && typeof model.id === 'string'
      ? [model.id]
      : [],
  )
}
