import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const nextra = {
  id: 'nextra',
  mark: '[class*=nextra-nav], [class*=nextra-sidebar]',
  lesson: ['article > main', 'main > article', 'article'],
} as const satisfies SiteFamily

export const nextraFurniture = [
  '.nextra-breadcrumb',
  '.nextra-toc',
  '.subheading-anchor',
  '.nextra-copy-icon',
  // The links to the pages before and after have no name but how they print.
  '[class*="print:"][class*="hidden"]',
] as const

export const nextraExamples = {
  lessons: ['https://nextra.site/docs/guide/markdown'],
  others: ['https://nextra.site/blog'],
} as const satisfies FamilyExamples
