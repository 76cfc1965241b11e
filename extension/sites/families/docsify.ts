import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const docsify = {
  id: 'docsify',
  mark: 'article#main.markdown-section',
  lesson: ['article#main'],
} as const satisfies SiteFamily

export const docsifyFurniture = ['.docsify-pagination-container'] as const

export const docsifyExamples = {
  lessons: ['https://docsify.js.org/#/quickstart'],
  others: [],
} as const satisfies FamilyExamples
