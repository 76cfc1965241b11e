// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { extractMarked } from './testing/extract-marked.ts'
import { markedLesson } from './testing/marked-lesson.ts'
import { createTestClone } from './testing/test-clone.ts'

function open() {
  document.documentElement.lang = 'en'
  document.body.innerHTML = `<main>${markedLesson}</main>`
  const root = document.querySelector('article') as Element
  const lesson = extractMarked(root)
  const clone = createTestClone(lesson)
  clone.show()
  const shown = document.querySelector('[data-lectern-clone]') as Element
  const indexOf = (words: string) => lesson.blocks.findIndex(({ block }) => block.text.includes(words))
  const rewrite = (words: string, inline: string) => {
    clone.applyBlock(indexOf(words), { status: 'rewritten', inline })
    return indexOf(words)
  }
  return { root, clone, shown, indexOf, rewrite }
}

it('shows the author’s nodes in place, to be checked and quoted, and the rewrite again', () => {
  const { root, shown, clone, rewrite } = open()
  const index = rewrite('closure', 'New words with [a link](#1).')
  const block = shown.querySelector('p') as Element
  const rewritten = block.innerHTML
  clone.flip(index)
  expect(block.innerHTML).toBe(root.querySelector('p')?.innerHTML)
  expect([clone.isFlipped(index), block.hasAttribute('data-lectern-flipped')]).toEqual([true, true])
  clone.flip(index)
  expect(block.innerHTML).toBe(rewritten)
  expect(block.outerHTML).not.toContain('lectern')
})

it('turns a translated block to the author’s language and direction, and back', () => {
  const { shown, clone, rewrite } = open()
  clone.setLanguage('ur', 'rtl')
  const index = rewrite('closure', 'ایک closure یاد رکھتا ہے')
  const block = shown.querySelector('p') as HTMLElement
  clone.flip(index)
  expect([block.lang, block.dir]).toEqual(['', 'ltr'])
  clone.flip(index)
  expect([block.lang, block.dir]).toEqual(['ur', 'rtl'])
})

it('flips what shares its parent with a list alone', () => {
  const { root, shown, clone, rewrite } = open()
  const index = rewrite('First', 'Name $r$ first.')
  clone.flip(index)
  const item = shown.querySelector('ol > li') as Element
  expect(item.querySelector('[data-lectern-flipped]')?.textContent).toMatch(/^First, name r\.\s*$/)
  expect(item.textContent).toBe(root.querySelector('ol > li')?.textContent)
  expect(item.querySelector('ul')?.closest('[data-lectern-flipped]')).toBeNull()
})

it('keeps a flipped block so when its rewrite comes anew, and forgets it with the version', () => {
  const { shown, clone, rewrite } = open()
  const index = rewrite('closure', 'New.')
  clone.flip(index)
  rewrite('closure', 'Newer.')
  expect(shown.querySelector('p')?.textContent).toMatch(/closure/)
  clone.flip(index)
  expect(shown.querySelector('p')?.textContent?.trim()).toBe('Newer.')
  clone.flip(index)
  clone.addAddition({ after: index, kind: 'example', inline: 'e' })
  clone.reset()
  expect([clone.rewritten, clone.isFlipped(index)]).toEqual([[], false])
  expect(shown.querySelector('[data-lectern-flipped], [data-lectern-addition]')).toBeNull()
})

it('knows the block of a node, and flips only what is rewritten', () => {
  const { shown, clone, rewrite, indexOf } = open()
  const index = rewrite('closure', 'Now *this*.')
  clone.applyBlock(indexOf('The area'), { status: 'kept' })
  const [emphasis, kept] = [shown.querySelector('p em') as Element, shown.querySelectorAll('p')[1] as Element]
  expect([clone.rewrittenAt(emphasis), clone.proseAt(emphasis)]).toEqual([index, index])
  expect([clone.rewrittenAt(kept), clone.proseAt(kept)]).toEqual([undefined, indexOf('The area')])
  expect(clone.proseAt(shown.querySelector('ul > li') as Element)).toBe(indexOf('A nested'))
  expect(clone.proseAt(shown.querySelector('pre') as Element)).toBeUndefined()
  const before = shown.innerHTML
  clone.flip(indexOf('The area'))
  expect(shown.innerHTML).toBe(before)
  expect(clone.textOf(index)).toBe('Now this.')
})
