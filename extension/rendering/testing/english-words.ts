import type { LessonWords } from '../lesson-words.ts'

/** The words of a clone in tests. */
export const englishWords: LessonWords = {
  language: 'en',
  additions: {
    analogy: 'Analogy',
    example: 'Example',
    background: 'Background',
    check: 'Check yourself',
    summary: 'In short',
  },
  notTheAuthors: (addition) => `${addition}, not written by the author`,
  showAnswer: 'Show the answer',
  known: 'You know this',
  andMore: (count) => `(and ${count} more)`,
  placeholders: {
    page: 'This embedded page is in Original',
    video: 'This video is in Original',
    audio: 'This recording is in Original',
    drawing: 'This drawing is in Original',
    object: 'This embedded object is in Original',
    element: 'This interactive element is in Original',
  },
}
