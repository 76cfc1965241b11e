import type { Engine } from '../rewriting/ports.ts'
import { type ModelSettings, openaiEngine } from './openai-engine.ts'
import { studyAidEngine } from './study-aid-engine.ts'

/** Where Ollama listens when nobody has changed it. */
const OLLAMA = 'http://127.0.0.1:11434/v1'

/** Long enough for a server on the same machine, short enough not to be felt at start. */
const PROBE_MS = 400

/**
 * The engine that answers: the configured model, else a model of an Ollama that runs on this machine, else the
 * study aids. `ollama` is its address.
 */
export async function chooseEngine(settings: ModelSettings | undefined, ollama = OLLAMA): Promise<Engine> {
  if (settings !== undefined) return openaiEngine(settings)
  const model = await firstOllamaModel(ollama)
  return model === undefined ? studyAidEngine : openaiEngine({ baseURL: ollama, apiKey: 'ollama', model })
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
