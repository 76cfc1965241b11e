import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const starlight = {
  id: 'starlight',
  generator: /^Starlight/,
  // The title stands in a panel of its own beside the text.
  lesson: ['main'],
  others: '[data-has-hero]',
} as const satisfies SiteFamily

export const starlightFurniture = [
  '.pagination-links',
  'starlight-toc',
  'mobile-starlight-toc',
  '.sl-anchor-link',
  '.meta',
] as const

export const starlightExamples = {
  lessons: ['https://starlight.astro.build/getting-started/'],
  others: ['https://starlight.astro.build/'],
} as const satisfies FamilyExamples
