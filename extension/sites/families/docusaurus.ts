import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const docusaurus = {
  id: 'docusaurus',
  generator: /^Docusaurus/,
  // Blog posts and plain pages have no `.theme-doc-markdown`.
  lesson: ['.theme-doc-markdown'],
  others: '.blog-wrapper, .plugin-pages',
} as const satisfies SiteFamily

export const docusaurusExamples = {
  lessons: ['https://docusaurus.io/docs/installation'],
  others: ['https://docusaurus.io/blog', 'https://docusaurus.io/docs/category/guides'],
} as const satisfies FamilyExamples
