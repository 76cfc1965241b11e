import { isProse, type LanguageTag, type Lesson, type ProseBlock } from '@lectern/shared'
import type { Engine, RewriteTask } from '../../../api/src/rewriting/ports.ts'
import { rewriteSection } from '../../../api/src/rewriting/rewrite-section.ts'
import { prepareLesson } from '../../background/prepare-lesson.ts'

/** The new text of a block, by its index in the lesson. */
export type EchoedBlock = { index: number; inline: string }

/**
 * A lesson's prose as the API gives it on when a model answers each block by a text made of the block's own: read
 * by its line protocol and validated. A text that is the author's own counts there as kept; here it is given like
 * any other, so that it can be shown as rewritten.
 * @throws where the API refuses the text of a block
 */
export async function rewriteByEcho(
  lesson: Lesson,
  say: (block: ProseBlock) => string,
): Promise<EchoedBlock[]> {
  const { sections } = prepareLesson(lesson)
  const echoed: EchoedBlock[] = []
  for (const { path, blocks, start } of sections) {
    const task: RewriteTask = {
      title: lesson.title,
      language: lesson.language,
      // Cells are asked for in translations alone; what is shown of them is tested all the same.
      section: {
        path,
        blocks: blocks.map((block) => (block.kind === 'cell' ? { ...block, kind: 'paragraph' } : block)),
      },
      profile: {
        education_level: 'undergraduate',
        subject_background: 'none',
        // Nothing is translated, whatever languages a learner can choose.
        language: lesson.language as LanguageTag,
      },
      site: { additions: [] },
      adjustment: 0,
      variant: 0,
    }
    echoed.push(
      ...(await echoSection(task, say)).map(({ index, inline }) => ({ index: start + index, inline })),
    )
  }
  return echoed
}

async function echoSection(task: RewriteTask, say: (block: ProseBlock) => string): Promise<EchoedBlock[]> {
  const { blocks } = task.section
  const steps = rewriteSection(echoEngine(say), task, new AbortController().signal)
  const echoed: EchoedBlock[] = []
  for await (const step of steps) {
    if (step.type !== 'block') continue
    const { block, status, inline } = step.rewrite
    const source = blocks[block - 1]
    if (source === undefined || !isProse(source)) continue
    if (status === 'restored') throw new Error(`The API refused "${say(source)}" for "${source.text}"`)
    echoed.push({ index: block - 1, inline: inline ?? source.text })
  }
  return echoed
}

function echoEngine(say: (block: ProseBlock) => string): Engine {
  return {
    model: 'echo',
    version: '1',
    async *answer({ section, only }) {
      for (const [i, block] of section.blocks.entries())
        if (isProse(block) && (only?.block ?? i + 1) === i + 1) yield `@${i + 1} ${say(block)}\n`
      return { reason: 'stop', prompt_tokens: 0, completion_tokens: 0 }
    },
  }
}
