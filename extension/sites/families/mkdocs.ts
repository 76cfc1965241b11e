import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const mkdocs = {
  id: 'mkdocs',
  generator: /^mkdocs-[\d.]+$/,
  // Its own themes name no generator; each loads MkDocs' search.
  mark: '#mkdocs_search_modal, script[src*="search/main.js"]',
  lesson: ['[itemprop=articleBody]', '[role=main]', 'main'],
} as const satisfies SiteFamily

export const mkdocsExamples = {
  lessons: ['https://www.mkdocs.org/user-guide/writing-your-docs/'],
  others: ['https://www.mkdocs.org/search.html'],
} as const satisfies FamilyExamples
