// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { recognize } from '../sites/recognize.ts'
import { extractLesson } from './extract-lesson.ts'
import { fixtureDocument } from './fixture-lesson.ts'

const words = 'Some words of a lesson that is long enough to be read by somebody. '

describe('a page that is larger than any lesson', () => {
  it('may be four thousand elements deep', () => {
    const document = fixtureDocument('<main></main>')
    let deepest: Element = document.body
    for (let i = 0; i < 4_000; i++)
      deepest = deepest.appendChild(document.createElement(i % 3 === 0 ? 'span' : 'div'))
    deepest.textContent = words
    const [block] = extractLesson(document.body).blocks
    expect(block?.block.text).toBe(words.trim())
    expect(recognize(document, 'https://x.example/lesson')).toMatchObject({ lesson: false })
  }, 60_000)

  it('may be inline elements all the way', () => {
    const document = fixtureDocument('<p></p>')
    let deepest: Element | null = document.querySelector('p')
    for (let i = 0; i < 4_000; i++) deepest = deepest?.appendChild(document.createElement('span')) ?? null
    deepest?.append(words)
    expect(extractLesson(document.body).blocks[0]?.block.text).toBe(words.trim())
  }, 60_000)

  it('may have a run of a hundred thousand nodes', () => {
    const document = fixtureDocument('<p><b></b></p><p>b</p>')
    const holder = document.createDocumentFragment()
    for (let i = 0; i < 100_000; i++)
      holder.appendChild(i % 2 === 0 ? document.createTextNode(' a ') : document.createComment(''))
    document.querySelector('b')?.append(holder)
    expect(extractLesson(document.body).blocks.map(({ block }) => block.text)).toEqual(['b'])
  }, 60_000)
})
