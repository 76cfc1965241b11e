import type { Preferences } from '@lectern/shared'
import type { BookLesson, Chapter } from './book-chapters.ts'
import { type LessonKind, lessonKind } from './lesson-kind.ts'

/**
 * The lesson to go on with: the first in the book's order that is not completed after the current one (else from the
 * book's beginning), unless another that suits the learner better stands close behind it.
 *
 * A lesson costs one for each lesson that is left to do before it, plus the weights of the learner for its kind; the
 * cheapest is next, of equal ones the first. So a weight is how many lessons the learner would skip: at -2 a tutorial
 * is taken before two chapters of theory, and an introduction at {@link SKIPPED} only where no other is left near it.
 */
export function nextLesson(
  chapters: readonly Chapter[],
  current: string | undefined,
  isCompleted: (address: string) => boolean,
  preferences: Preferences | null,
): BookLesson | undefined {
  const lessons = chapters.flatMap(({ title, lessons: its }) =>
    its.map((lesson) => ({ lesson, chapter: title })),
  )
  const at = lessons.findIndex(({ lesson }) => lesson.address === current)
  const order = [...lessons.slice(at + 1), ...lessons.slice(0, Math.max(at, 0))]
  const weights = preferences === null ? {} : weightsOf(preferences)
  const open = order
    .filter(({ lesson }) => !isCompleted(lesson.address))
    .map(({ lesson, chapter }, distance) => ({
      lesson,
      cost: distance + (weights[lessonKind(lesson, chapter)] ?? 0),
    }))
  return open.reduce<(typeof open)[number] | undefined>(
    (best, one) => (best === undefined || one.cost < best.cost ? one : best),
    undefined,
  )?.lesson
}

type Weights = Partial<Record<LessonKind, number>>

/** Enough to pass over a whole chapter of preliminaries. */
export const SKIPPED = 12

/** What each goal prefers, in lessons. The primary goal counts in full, the others half. */
const goalWeights: Record<Preferences['learning_goals'][number], Weights> = {
  building_projects: { practice: -2, theory: 1, reference: 1 },
  career_change: { practice: -1 },
  research: { theory: -2, reference: -2, practice: 1 },
  teaching: { practice: -1, theory: -1 },
  hobby: { reference: 1 },
}

/** How a learner weighs each kind of lesson. */
function weightsOf({ learning_goals, subject_background, programming_experience }: Preferences): Weights {
  const weights: Weights = {}
  const add = (kind: LessonKind, weight: number) => {
    weights[kind] = (weights[kind] ?? 0) + weight
  }
  learning_goals.forEach((goal, i) => {
    for (const [kind, weight] of Object.entries(goalWeights[goal]))
      add(kind as LessonKind, i === 0 ? weight : weight / 2)
  })
  if (subject_background === 'advanced') add('introduction', SKIPPED)
  if (subject_background === 'advanced' || programming_experience === 'advanced') add('setup', SKIPPED)
  return weights
}
