import { type Bench, post } from './environment.ts'
import { freshTopic, makeLesson } from './lesson.ts'

const SECTIONS = 12
const EDITED = [2, 5, 11]

/** How many calls an edit of some sections of a stored lesson costs. */
export type EditedLesson = { edited: number; calls: number }

export async function measureEditedLesson({ model, memory, learner }: Bench): Promise<EditedLesson> {
  const topic = freshTopic('an edit')
  const ask = (edited: readonly number[]) =>
    post(`${memory.url}/api/personalize`, makeLesson(topic, SECTIONS, edited).body, { 'x-user-id': learner })
  await model.configure({})
  await ask([])
  await model.configure({})
  await ask(EDITED)
  return { edited: EDITED.length, calls: await model.calls() }
}
