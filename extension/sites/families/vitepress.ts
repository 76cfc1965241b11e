import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const vitepress = {
  id: 'vitepress',
  generator: /^VitePress/,
  lesson: ['.VPDoc .vp-doc'],
  others: '.VPHome, .NotFound',
} as const satisfies SiteFamily

export const vitepressExamples = {
  lessons: ['https://vitepress.dev/guide/getting-started'],
  others: ['https://vitepress.dev/'],
} as const satisfies FamilyExamples
