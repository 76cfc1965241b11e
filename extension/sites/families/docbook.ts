import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const docbook = {
  id: 'docbook',
  generator: /^DocBook/,
  // A part or a book is its table of contents.
  lesson: [':is(div,section):is(.sect1,.section,.chapter,.appendix,.preface,.article)'],
  others: ':is(div,section):is(.index,.glossary,.refentry,.set)',
} as const satisfies SiteFamily

export const docbookFurniture = [
  '.navheader',
  '.navfooter',
  '.indexterm',
  '.titlepage hr',
  '.footnotes > br',
  '.footnotes > hr',
  '.calloutlist td:first-child',
] as const

export const docbookExamples = {
  lessons: ['https://www.postgresql.org/docs/15/tutorial-join.html'],
  others: [
    'https://www.postgresql.org/docs/15/bookindex.html',
    'https://www.postgresql.org/docs/15/tutorial.html',
  ],
} as const satisfies FamilyExamples
