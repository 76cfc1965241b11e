import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const docsify = {
  id: 'docsify',
  mark: 'article#main.markdown-section',
  lesson: ['article#main'],
  ignore: '.docsify-pagination-container',
} as const satisfies SiteFamily

export const docsifyExamples = {
  lessons: ['https://docsify.js.org/#/quickstart'],
  others: [],
} as const satisfies FamilyExamples
