import { collectRewrite, type StreamEvent } from '@lectern/shared'
import { keepLesson } from '../storage/kept-lessons.ts'
import type { PreparedLesson } from './prepare-lesson.ts'

/** Passes a rewrite's events on, and keeps the rewrite on this machine once all of it has arrived. */
export async function* keepWhenWhole(
  events: AsyncIterable<StreamEvent>,
  { key, lesson }: { key: string; lesson: PreparedLesson },
): AsyncGenerator<StreamEvent, void, undefined> {
  const arrived: StreamEvent[] = []
  for await (const event of events) {
    arrived.push(event)
    if (event.event === 'done') await keep()
    yield event
  }

  async function keep(): Promise<void> {
    // A section that failed is missing: the next look asks for it.
    if (arrived.some(({ event }) => event === 'failed')) return
    const whole = await collectRewrite(lesson.hash, arrived)
    if (!('error' in whole)) await keepLesson(key, { lesson: whole, etag: null, title: lesson.lesson.title })
  }
}
