import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const openstax = {
  id: 'openstax',
  address: /^openstax\.org\//,
  mark: '[data-is-baked] > [data-type=document-title]',
  lesson: [':is(main, #main-content) [data-type=page]'],
  // Key terms, summaries and indexes of a chapter.
  others: '#main-content [data-type=composite-page]',
} as const satisfies SiteFamily

export const openstaxFurniture = ['[data-type=metadata]', '[data-type=abstract] + .os-abstract'] as const

export const openstaxExamples = {
  lessons: ['https://openstax.org/books/calculus-volume-1/pages/3-1-defining-the-derivative'],
  others: [
    'https://openstax.org/details/books/chemistry-2e',
    'https://openstax.org/books/chemistry-2e/pages/index',
  ],
} as const satisfies FamilyExamples
