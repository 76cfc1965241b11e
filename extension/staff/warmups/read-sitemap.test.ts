import type { Site } from '@lectern/shared'
import { expect, it } from 'vitest'
import { longestSitemap, readSitemap } from './read-sitemap.ts'

const site: Site = {
  id: 'book',
  name: 'Book',
  patterns: ['https://book.example/docs/*'],
  lesson_urls: ['https://book.example/docs/*.html'],
  policy: 'allow',
}
const head = '<?xml version="1.0" encoding="UTF-8"?>'
const set = (inner: string) =>
  `${head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${inner}</urlset>`
const url = (address: string) => `<url><loc> ${address} </loc><priority>1</priority></url>`

it('takes the addresses that are lessons of the textbook, each once', () => {
  const text = set(
    [
      'https://book.example/docs/one.html',
      'https://book.example/docs/one.html#part',
      'https://book.example/docs/zw%C3%B6lf.html',
      'https://book.example/docs/',
      'https://book.example/blog/two.html',
      'https://elsewhere.example/docs/three.html',
      'javascript:alert(1)',
      'no address',
    ]
      .map(url)
      .join(''),
  )
  expect(readSitemap(text, site)).toEqual({
    pages: [
      { url: 'https://book.example/docs/one.html', title: '/docs/one.html' },
      { url: 'https://book.example/docs/zw%C3%B6lf.html', title: '/docs/zwölf.html' },
    ],
  })
})

it.each([
  ['unreadable', 'not xml'],
  ['unreadable', '<html><body>https://book.example/docs/one.html</body></html>'],
  ['unreadable', `${head}<urlset><url><loc>https://book.example/docs/one.html</url></urlset>`],
  [
    'unreadable',
    `${head}<!DOCTYPE urlset [<!ENTITY a "https://book.example/docs/one.html">]><urlset><url><loc>&a;</loc></url></urlset>`,
  ],
  ['unreadable', set(url('https://book.example/docs/one.html')) + ' '.repeat(longestSitemap)],
  ['index', `${head}<sitemapindex><sitemap><loc>https://book.example/s.xml</loc></sitemap></sitemapindex>`],
  ['none', set(url('https://book.example/blog/one.html'))],
  ['none', set('')],
])('says that a file is %s', (problem, text) => {
  expect(readSitemap(text, site)).toEqual({ problem })
})
