import { isProse, normalizeInline, parseInline, walkInline } from '@lectern/shared'
import { typesetTex } from '@lectern/shared/typesetting'
import type { LessonEvent, LessonQuestion } from '../messaging/lesson-protocol.ts'

/**
 * Puts before an event how its formulas are typeset, once for each: those of an addition, and those of a block that
 * the page may have no element for, as no block of the lesson says the same. Here, because the typesetter (210 kB)
 * would make the script that every lesson's page loads (320 kB) larger by two thirds.
 */
export async function* typesetFormulas(
  events: AsyncIterable<LessonEvent>,
  { blocks }: Pick<LessonQuestion, 'blocks'>,
): AsyncGenerator<LessonEvent, void, undefined> {
  const ofLesson = new Set(blocks.filter(isProse).flatMap(({ text }) => formulasOf(text)))
  const done = new Set<string>()
  for await (const event of events) {
    for (const tex of newFormulas(event, ofLesson)) {
      if (done.has(tex)) continue
      done.add(tex)
      const math = typesetTex(tex)
      if (math !== undefined) yield { type: 'formula', tex, math }
    }
    yield event
  }
}

function newFormulas(event: LessonEvent, ofLesson: ReadonlySet<string>): string[] {
  if (event.type === 'addition') return [event.inline, event.answer ?? ''].flatMap(formulasOf)
  if (event.type === 'block') return formulasOf(event.inline ?? '').filter((tex) => !ofLesson.has(tex))
  return []
}

function formulasOf(text: string): string[] {
  return [...walkInline(normalizeInline(parseInline(text)))].flatMap((inline) =>
    inline.type === 'math' ? [inline.tex] : [],
  )
}
