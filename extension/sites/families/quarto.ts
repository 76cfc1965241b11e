import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const quarto = {
  id: 'quarto',
  generator: /^quarto/,
  lesson: ['#quarto-document-content'],
  others: '.quarto-listing',
} as const satisfies SiteFamily

export const quartoFurniture = [
  '.quarto-title-meta',
  '.quarto-title-breadcrumbs',
  '.quarto-categories',
  '.page-navigation',
  '.code-copy-button',
] as const

export const quartoExamples = {
  lessons: ['https://r4ds.hadley.nz/data-visualize.html'],
  others: ['https://quarto.org/docs/blog/'],
} as const satisfies FamilyExamples
