// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { fixtureDocument } from '../extraction/fixture-lesson.ts'
import { recognizeAnyway } from './recognize-anyway.ts'

const passage = '<p>A short lesson: a loop repeats a block of statements until its condition is false.</p>'
const docusaurus = '<meta name="generator" content="Docusaurus v3">'

function rootOf(html: string, site = {}): string {
  const found = recognizeAnyway(fixtureDocument(html), 'https://x.example/', site)
  return found.lesson ? `${found.family} ${found.root.localName}` : found.reason
}

it.each([
  [
    'where the general finder sees it',
    `<main>.<section>${passage}${passage}</section></main>`,
    'unknown section',
  ],
  ['where it is too short for the finder', '<body>Menu<main><p>A loop.</p></main>', 'unknown main'],
  ['by its role', '<body>Menu<div role="main"><p>A loop.</p></div>', 'unknown div'],
  ['in an article', '<body>Menu<article><p>A loop.</p></article>', 'unknown article'],
  ['anywhere else', '<main></main><p>A loop.</p>', 'unknown body'],
  ['with its family', `${docusaurus}<main><p>A loop.</p></main>`, 'docusaurus main'],
])('finds a lesson %s', (_, html, found) => expect(rootOf(html)).toBe(found))

it.each([
  ['nothing', ''],
  ['a heading alone', '<main><h1>Lesson 1</h1></main>'],
  ['a canvas', '<main><canvas></canvas></main>'],
  ['code alone', '<main><pre>for (;;) {}</pre></main>'],
])('finds none in %s', (_, html) => expect(rootOf(html)).toBe('short'))

it('leaves out what the course staff leave out', () => {
  const site = { ignore: ['p'] }
  expect(rootOf(`<main>${passage}</main>`, site)).toBe('short')
  const page = fixtureDocument(`<main>${passage}<div>A word.</div></main>`)
  expect(recognizeAnyway(page, 'https://x.example/', site)).toMatchObject({ ignore: ['p'] })
})
