import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const justTheDocs = {
  id: 'just-the-docs',
  mark: ':is(.site-nav, .side-bar) ~ .main .main-content',
  lesson: ['.main-content > main', '.main-content'],
  others: '.main-content > main > .nav-list',
} as const satisfies SiteFamily

export const justTheDocsFurniture = ['.breadcrumb-nav', '.anchor-heading'] as const

export const justTheDocsExamples = {
  lessons: ['https://just-the-docs.com/docs/configuration/'],
  others: ['https://just-the-docs.com/docs/search/'],
} as const satisfies FamilyExamples
