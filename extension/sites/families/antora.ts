import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const antora = {
  id: 'antora',
  generator: /^Antora/,
  lesson: ['article.doc'],
} as const satisfies SiteFamily

export const antoraFurniture = ['.edit-this-page', 'nav.pagination'] as const

export const antoraExamples = {
  lessons: ['https://docs.antora.org/antora/latest/install-and-run-quickstart/'],
  others: ['https://docs.antora.org/search.html'],
} as const satisfies FamilyExamples
