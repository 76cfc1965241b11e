import { JSDOM } from 'jsdom'
import { expect, it } from 'vitest'
import { extractLesson } from '../extraction/extract-lesson.ts'
import { createTestClone } from './testing/test-clone.ts'

it('gives each block its part of a text node that untypeset formulas part', () => {
  const { window } = new JSDOM('<article><p>First \\[x\\] then <b>and</b> \\[y\\] last \\[z\\]</p></article>')
  const root = window.document.querySelector('article') as Element
  const lesson = extractLesson(root)
  const clone = createTestClone(lesson)
  const markup = root.outerHTML
  clone.show()
  for (const [index, { block }] of lesson.blocks.entries())
    clone.applyBlock(index, { status: 'rewritten', inline: `New ${index}: ${block.text}` })
  expect(clone.shown.innerHTML).toBe(
    '<p>New 0: First \\[x\\] New 2: then <b>and</b> \\[y\\] New 4: last \\[z\\]</p>',
  )
  clone.hide()
  expect(root.outerHTML).toBe(markup)
})
