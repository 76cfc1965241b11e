import { additionKinds, cutSections, type Section } from '@lectern/shared'
import type { AnswerEnd, Engine, RewriteTask } from '../src/rewriting/ports.ts'
import { rewriteSection, type SectionResult } from '../src/rewriting/rewrite-section.ts'
import type { Sample } from './read-samples.ts'
import { writtenFor } from './sample-readers.ts'

/** Who made the samples, as is said with each section. */
export const sampleModel = 'sample, written for the demo'

/**
 * The sections of a sample's lesson with their rewrites, read and checked like the answers of a model. Throws
 * where a section has no answer that fits it.
 */
export async function rewriteSample({
  lesson,
  reader,
  answers,
}: Sample): Promise<{ section: Section; rewrite: SectionResult }[]> {
  const shared = {
    title: lesson.title,
    language: lesson.language,
    profile: writtenFor(reader),
    site: { additions: additionKinds },
    adjustment: 0,
    variant: 0,
  } as const
  return Promise.all(
    cutSections(lesson).map(async (section, i) => ({
      section,
      rewrite: await finish({ ...shared, section }, answers[i] ?? ''),
    })),
  )
}

async function finish(task: RewriteTask, answer: string): Promise<SectionResult> {
  const steps = rewriteSection(engineThatAnswers(answer), task, new AbortController().signal)
  for (;;) {
    const step = await steps.next()
    if (step.done) return step.value
  }
}

function engineThatAnswers(text: string): Engine {
  return {
    model: sampleModel,
    version: '1',
    async *answer(): AsyncGenerator<string, AnswerEnd> {
      yield text
      return { reason: 'stop', prompt_tokens: 0, completion_tokens: 0 }
    },
  }
}
