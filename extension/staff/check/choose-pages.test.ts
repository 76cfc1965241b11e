import { expect, it } from 'vitest'
import { choosePages } from './choose-pages.ts'

const page = (number: number) => `https://a.example/book/${number}.html`

it('chooses other pages of the book, from its beginning to its end', () => {
  const listed = Array.from({ length: 40 }, (_, i) => page(i))
  const options = { url: page(3), patterns: ['https://a.example/book/*'], most: 5 }
  expect(choosePages(listed, options)).toEqual([0, 11, 20, 30, 39].map(page))
  expect(choosePages([page(3), `${page(4)}#top`, page(4), 'https://a.example/blog/1'], options)).toHaveLength(
    1,
  )
  expect(choosePages([], options)).toEqual([])
})
