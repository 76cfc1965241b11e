import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const pretext = {
  id: 'pretext',
  mark: 'body.pretext, body[class*="pretext-"], body.mathbook-book',
  lesson: ['#ptx-content', '.ptx-content', '#content'],
  others: '.index-part, #ptx-content > :is(.frontmatter, .index)',
} as const satisfies SiteFamily

export const pretextFurniture = [
  '.ptx-content-footer',
  '.autopermalink',
  '.summary-links',
  '.hidden-content',
  '.ptx-runestone-container > .ac_actions',
] as const

export const pretextExamples = {
  lessons: ['https://discrete.openmathbooks.org/dmoi4/sec_intro-statements.html'],
  others: ['https://discrete.openmathbooks.org/dmoi4/backmatter-2.html'],
} as const satisfies FamilyExamples
