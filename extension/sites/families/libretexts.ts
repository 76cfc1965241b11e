import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const libretexts = {
  id: 'libretexts',
  address: /^[a-z]+\.libretexts\.org\//,
  mark: 'body[class*="columbia-page-main"] .mt-content-container',
  lesson: ['#elm-main-content', '.mt-content-container'],
  others: '.columbia-article-guide, .columbia-article-category, .columbia-article-topicguide',
} as const satisfies SiteFamily

export const libretextsFurniture = [
  '.elm-social-share',
  '.mt-breadcrumbs-wrapper',
  '.elm-meta-data',
  '.mt-article-pagination',
  '.mt-content-header',
  '.autoattribution',
  '.autoattribution-divider',
  '.mt-content-footer',
  '#mt-summary',
  '.mt-sortable-listings-container',
] as const

export const libretextsExamples = {
  lessons: [
    'https://math.libretexts.org/Bookshelves/Calculus/Calculus_(OpenStax)/03%3A_Derivatives/3.01%3A_Defining_the_Derivative',
  ],
  others: ['https://math.libretexts.org/Bookshelves/Calculus'],
} as const satisfies FamilyExamples
