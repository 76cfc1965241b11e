import { languageOf } from '@lectern/shared'
import { type AnswerEnd, type Engine, EngineError, type RewriteTask } from '../../rewriting/ports.ts'

/**
 * The engine for when no language model is connected, and it says so. It leaves every sentence of the author
 * alone; by the profile it folds and adds, from the section's own sentences: key terms with the sentence that
 * defines them, a summary, fill-in questions. English only: it does not translate.
 */
export const studyAidEngine: Engine = {
  model: 'study aids, no language model',
  version: 'study-aids-3',
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
  // The grammar takes a tenth of a second to load, and whoever has a model never needs it.
  const { studyAids } = await import('./study-aids.ts')
  yield `${studyAids(task).join('\n')}\n`
  return { reason: 'stop', prompt_tokens: 0, completion_tokens: 0 }
}
