import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const honkit = {
  id: 'honkit',
  // HonKit carries on the first GitBook, whose output it writes.
  generator: /^(HonKit|GitBook \d)/,
  lesson: ['section.markdown-section'],
} as const satisfies SiteFamily

export const honkitFurniture = ['.page-footer', '.gitbook-plugin-footer', '.footer-modification'] as const

export const honkitExamples = {
  lessons: ['https://honkit.netlify.app/setup.html'],
  others: ['https://honkit.netlify.app/GLOSSARY.html'],
} as const satisfies FamilyExamples
