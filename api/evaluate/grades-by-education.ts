import { educationLevels } from '@lectern/shared'
import type { EvaluatedLesson } from './evaluate-lesson.ts'

/** Readability of rewrites for readers of one education level: whether it follows the level. For people. */
export type EducationGrades = { education: string; lessons: string; before: string; after: string }

/** The mean Flesch-Kincaid grades before and after, by education level from the lowest; of English lessons alone. */
export function gradesByEducation(evaluated: readonly EvaluatedLesson[]): EducationGrades[] {
  return educationLevels.flatMap((level) => {
    const grades = evaluated.flatMap(({ reader, grade: { before, after } }) =>
      reader.profile.education_level === level && before !== undefined && after !== undefined
        ? [{ before, after }]
        : [],
    )
    if (grades.length === 0) return []
    const mean = (side: 'before' | 'after') =>
      (grades.reduce((sum, grade) => sum + grade[side], 0) / grades.length).toFixed(1)
    const education = level.replace('_', ' ')
    return [{ education, lessons: String(grades.length), before: mean('before'), after: mean('after') }]
  })
}
