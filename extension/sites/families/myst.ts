import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const myst = {
  id: 'myst',
  generator: /^mystmd/i,
  mark: 'link[href*="myst-theme.css"], script[src*="/myst_assets_folder/"]',
  lesson: ['article.article', 'article', 'main'],
} as const satisfies SiteFamily

export const mystFurniture = [
  '.myst-footer-links',
  '.myst-backmatter-parts',
  '.myst-fm-block-header',
  '.myst-top-nav',
  '.myst-toc',
] as const

export const mystExamples = {
  lessons: ['https://mystmd.org/guide/quickstart'],
  others: ['https://mystmd.org/'],
} as const satisfies FamilyExamples
