import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const asciidoctor = {
  id: 'asciidoctor',
  generator: /^Asciidoctor/,
  // The title stands beside the text.
  lesson: ['body:has(> #header > h1)', '#content'],
} as const satisfies SiteFamily

export const asciidoctorFurniture = ['#toc', '#footer', '#header > .details'] as const

export const asciidoctorExamples = {
  lessons: ['https://git-scm.com/book/en/v2/Getting-Started-What-is-Git%3F'],
  others: [],
} as const satisfies FamilyExamples
