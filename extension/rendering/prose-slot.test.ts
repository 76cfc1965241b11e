import { JSDOM } from 'jsdom'
import { describe, expect, it } from 'vitest'
import { extractMarked } from './testing/extract-marked.ts'
import { createTestClone } from './testing/test-clone.ts'

/** What a paragraph shows when its words are these instead. */
function rewritten(paragraph: string, inline: string): string {
  const { document } = new JSDOM(
    `<!doctype html><html lang="en"><main><article><p data-block="paragraph">${paragraph}</p></article></main>`,
  ).window
  const clone = createTestClone(extractMarked(document.querySelector('article') as Element))
  clone.show()
  clone.applyBlock(0, { status: 'rewritten', inline })
  return clone.shown.querySelector('p')?.innerHTML ?? ''
}

describe('the blanks at a block’s edges', () => {
  it('stay, though emphases or links end there', () => {
    expect(rewritten('<i>Old words\n</i>', '*New words*')).toBe('<i>New words</i>\n')
    expect(rewritten('Old <a href="/x"><b>words </b></a>', 'New [words](#1)')).toBe(
      'New <a href="/x">words</a> ',
    )
  })

  it('come once where what is copied whole ends with them', () => {
    expect(rewritten('Old<sup>1 </sup>', 'New{{1}}')).toBe('New<sup>1 </sup>')
  })
})

describe('furniture in the midst of the words', () => {
  const mark = '<span data-furniture="">!</span>'

  it('stands where it stood when the words are the same', () => {
    expect(
      rewritten(
        `The <b>first${mark}</b> word${mark}, and ${mark} more ${mark}at last${mark}`,
        'The **first** word, and more at last',
      ),
    ).toBe(`The <b>first${mark}</b> word${mark}, and ${mark} more ${mark}at last${mark}`)
  })

  it('stands at the same share of other words, behind a whole one', () => {
    expect(rewritten(`Four words${mark}, and four`, 'There are more words here than there were before')).toBe(
      `There are more words here${mark} than there were before`,
    )
  })

  it('stands behind words that were all before it, as a permalink in the element around them', () => {
    expect(
      rewritten(
        `<span>Operator</span> <span>break <a data-furniture="" href="#b">¶</a></span>`,
        'The operator break',
      ),
    ).toBe(`The operator break <a data-furniture="" href="#b">¶</a>`)
  })
})

describe('a link', () => {
  it('keeps what is around all its words', () => {
    expect(
      rewritten(
        'See <a href="/x"> <span class="std-ref"><em class="a"><span class="b">Old words</span><svg data-furniture=""></svg></em></span></a>',
        'Read [*new words*](#1)',
      ),
    ).toBe(
      'Read <a href="/x"><span class="std-ref"><em class="a"><span class="b">new words</span><svg data-furniture=""></svg></em></span></a>',
    )
  })
})
