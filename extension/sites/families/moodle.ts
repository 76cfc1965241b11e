import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const moodle = {
  id: 'moodle',
  mark: 'body[id^=page-mod-]',
  // Forums, quizzes and assignments are other modules.
  lesson: ['.book_content', ':is([id^=page-mod-page], [id^=page-mod-lesson]) #region-main'],
} as const satisfies SiteFamily

export const moodleFurniture = [
  '.activity-header',
  '.activity-navigation',
  '.modified',
  '.booktool',
  '.tertiary-navigation',
  '#intro',
] as const

export const moodleExamples = {
  lessons: ['https://moodle.example.edu/mod/page/view.php?id=12'],
  others: [
    'https://moodle.example.edu/mod/forum/view.php?id=12',
    'https://moodle.example.edu/login/index.php',
  ],
} as const satisfies FamilyExamples
