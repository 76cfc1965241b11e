import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const scribble = {
  id: 'scribble',
  mark: 'link[href*=scribble][href$=css]',
  lesson: ['.maincolumn > .main'],
  others: '#doc-search, .indexlink',
} as const satisfies SiteFamily

export const scribbleFurniture = [
  '.navsettop',
  '.navsetbottom',
  '.versionbox',
  '.SAuthorListBox',
  '.tocset',
  '.toclink',
] as const

export const scribbleExamples = {
  lessons: ['https://docs.racket-lang.org/quick/index.html'],
  others: ['https://docs.racket-lang.org/search/index.html'],
} as const satisfies FamilyExamples
