import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const mkdocsMaterial = {
  id: 'mkdocs-material',
  generator: /mkdocs-material/,
  lesson: ['article.md-content__inner'],
  others: '.md-post, .md-blog',
} as const satisfies SiteFamily

export const mkdocsMaterialFurniture = [
  '.md-content__button',
  '.md-source-file',
  '.md-source-date',
  '.md-feedback',
  '.md-tags',
  '.md-path',
] as const

export const mkdocsMaterialExamples = {
  lessons: ['https://squidfunk.github.io/mkdocs-material/getting-started/'],
  others: [
    'https://squidfunk.github.io/mkdocs-material/changelog/',
    'https://squidfunk.github.io/mkdocs-material/blog/',
  ],
} as const satisfies FamilyExamples
