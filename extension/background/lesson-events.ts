import { commonProvenance, languageOf, type Provenance, type StreamEvent } from '@lectern/shared'
import { brokenOff, unreadable } from '../api-client/api-error.ts'
import type { LessonEvent } from '../messaging/lesson-protocol.ts'
import { type PreparedLesson, type PreparedSection, rewritableBlocks } from './prepare-lesson.ts'

/** What is asked: a lesson, in a language, of the API at an address. */
export type Asked = { prepared: PreparedLesson; language: string; apiUrl: string }

/**
 * Turns the API's events, which count blocks within sections, into the lesson's, which count through all of it.
 * Ends with `done`, or with `failed`: what arrived before stays good.
 * @throws ApiError when the answer does not fit the lesson or ends too early
 */
export async function* lessonEvents(
  events: AsyncIterable<StreamEvent>,
  { prepared, language, apiUrl }: Asked,
): AsyncGenerator<LessonEvent, void, undefined> {
  const provenances: Provenance[] = []
  for await (const { event, data } of events) {
    switch (event) {
      case 'plan':
        yield planOf(prepared, language)
        break
      case 'block': {
        const { start } = sectionAt(data.section, data.block)
        yield { type: 'block', index: start + data.block - 1, status: data.status, ...inlineOf(data) }
        break
      }
      case 'addition': {
        const { section, after, ...addition } = data
        yield { type: 'addition', after: sectionAt(section, after).start + after - 1, ...addition }
        break
      }
      case 'section':
        provenances.push(data)
        break
      case 'failed':
        // Other sections go on after one that failed; the stream then ends with a failure of its own.
        if (data.section === undefined) return yield { type: 'failed', failure: data }
        break
      case 'done':
        return yield { type: 'done', receipt: data.receipt, ...commonProvenance(provenances) }
    }
  }
  throw brokenOff(apiUrl)

  function sectionAt(ordinal: number, block: number): PreparedSection {
    const section = prepared.sections[ordinal - 1]
    if (section === undefined || block > section.blocks.length)
      throw unreadable(apiUrl, `section ${ordinal} has no block ${block}`)
    return section
  }
}

function planOf({ lesson }: PreparedLesson, language: string): LessonEvent {
  return {
    type: 'plan',
    prose_blocks: rewritableBlocks(lesson, language).length,
    language,
    direction: languageOf(language)?.direction ?? 'ltr',
  }
}

function inlineOf({ inline }: { inline?: string }): { inline?: string } {
  return inline === undefined ? {} : { inline }
}
