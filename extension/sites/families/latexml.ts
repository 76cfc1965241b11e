import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const latexml = {
  id: 'latexml',
  generator: /^LaTeXML/,
  // Sites of many pages seldom keep the generator meta.
  mark: 'article.ltx_document, .ltx_page_content',
  lesson: ['article.ltx_document', '.ltx_page_content'],
} as const satisfies SiteFamily

export const latexmlFurniture = [
  '.ltx_TOC',
  '.ltx_page_navbar',
  '.ltx_authors',
  '.ltx_dates',
  '.ltx_role_newpage',
  '.ltx_page_header',
  '.ltx_page_footer',
] as const

export const latexmlExamples = {
  lessons: ['https://dlmf.nist.gov/1.2'],
  others: ['https://dlmf.nist.gov/idx/'],
} as const satisfies FamilyExamples
