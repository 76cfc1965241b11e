import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const gitbook = {
  id: 'gitbook',
  generator: /^GitBook \(/,
  lesson: ['main'],
} as const satisfies SiteFamily

export const gitbookFurniture = [
  '.hash',
  '.page-outline',
  'main > div.flex',
  '[data-testid=page-footer-navigation]',
] as const

export const gitbookExamples = {
  lessons: ['https://docs.gitbook.com/getting-started/quickstart'],
  others: ['https://docs.gitbook.com/changelog'],
} as const satisfies FamilyExamples
