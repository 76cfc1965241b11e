import type { Engine } from '../rewriting/ports.ts'
import { openaiEngine } from './openai-engine.ts'
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

/** Long enough for a server on the same machine, short enough not to be felt at start. */
const PROBE_MS = 400

/**
 * The engine that answers: the configured model; else an Ollama that runs on this machine, with the configured
 * name or its first model; else the study aids. `ollama` is its address.
 */
export async function chooseEngine(choice: ModelChoice, ollama = OLLAMA): Promise<Engine> {
  const { apiKey, baseUrl, name } = choice
  if (name !== undefined && (apiKey !== undefined || baseUrl !== undefined))
    return openaiEngine({ baseURL: baseUrl ?? OPENAI, apiKey: apiKey ?? 'none', model: name })
  const found = await firstOllamaModel(ollama)
  if (found === undefined) return studyAidEngine
  return {
    ...openaiEngine({ baseURL: ollama, apiKey: 'ollama', model: name ?? found }),
    atOnce: OLLAMA_AT_ONCE,
  }
}

async function firstOllamaModel(baseURL: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${baseURL}/models`, { signal: AbortSignal.timeout(PROBE_MS) })
    const answer: unknown = await response.json()
    return modelNames(answer).find((name) => !name.includes('embed'))
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
