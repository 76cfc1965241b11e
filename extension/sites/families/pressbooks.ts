import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const pressbooks = {
  id: 'pressbooks',
  mark: 'meta[content=Pressbooks], body.pressbooks-book',
  lesson: ['section[data-type=chapter]', 'section.chapter', 'section[data-type="front-matter"]'],
  others: 'body.page-cover, body.home, body.single-part',
} as const satisfies SiteFamily

export const pressbooksFurniture = [
  '.chapter-author',
  '.media-attributions',
  '.licensing',
  '.part-title',
] as const

export const pressbooksExamples = {
  lessons: ['https://pressbooks.bccampus.ca/introductorychemistry/chapter/the-scientific-method/'],
  others: ['https://pressbooks.bccampus.ca/introductorychemistry/'],
} as const satisfies FamilyExamples
