import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const bookdown = {
  id: 'bookdown',
  generator: /^bookdown/,
  lesson: ['section.normal', 'main#content', '.book-body'],
} as const satisfies SiteFamily

export const bookdownFurniture = ['.chapter-nav', '.btn-prev', '.btn-next'] as const

export const bookdownExamples = {
  lessons: ['https://bookdown.org/yihui/bookdown/get-started.html'],
  others: ['https://bookdown.org/'],
} as const satisfies FamilyExamples
