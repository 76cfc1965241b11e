import { JSDOM } from 'jsdom'
import { describe, expect, it } from 'vitest'
import { createLessonClone, type LessonCloneOptions } from './lesson-clone.ts'
import { englishWords } from './testing/english-words.ts'
import { extractMarked } from './testing/extract-marked.ts'
import { markedLesson } from './testing/marked-lesson.ts'
import { createTestClone } from './testing/test-clone.ts'

function open(html = markedLesson, options: Omit<LessonCloneOptions, 'words'> = {}) {
  const { window } = new JSDOM(`<!doctype html><html lang="en"><body><main>${html}</main></body></html>`)
  const { document } = window
  const root = document.querySelector('article') as Element
  const lesson = extractMarked(root)
  const clone = createTestClone(lesson, options)
  clone.show()
  const shown = document.querySelector('[data-lectern-clone]') as Element
  const indexOf = (words: string) => lesson.blocks.findIndex(({ block }) => block.text.includes(words))
  const rewrite = (words: string, inline: string) =>
    clone.applyBlock(indexOf(words), { status: 'rewritten', inline })
  return { document, root, lesson, clone, shown, indexOf, rewrite }
}

const squeeze = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim()
const find = (shown: Element, selector: string) => shown.querySelector(selector) as HTMLElement

describe('a rewritten block', () => {
  it('with its own text reads as before, every block of the lesson', () => {
    const { lesson, clone, shown, root } = open()
    const before = squeeze(root.textContent)
    for (const [index, { block }] of lesson.blocks.entries())
      clone.applyBlock(index, { status: 'rewritten', inline: block.text })
    expect(squeeze(shown.textContent)).toBe(before)
    expect(shown.querySelectorAll('a[href], code, em, strong, img, sup, li, .katex, .icon').length).toBe(
      root.querySelectorAll('a[href], code, em, strong, img, sup, li, .katex, .icon').length,
    )
  })

  it('keeps the permalink, the number and the checkbox where they were', () => {
    const { shown, rewrite } = open()
    rewrite('Closures', 'Functions that remember')
    rewrite('Done', 'Everybody is done')
    expect(find(shown, 'h1').outerHTML).toBe(
      '<h1 data-block="heading" id="intro"><span data-furniture="" class="number">1.2</span> Functions that remember<a data-furniture="" class="permalink" href="#intro">¶</a></h1>',
    )
    expect((find(shown, 'input') as HTMLInputElement).checked).toBe(true)
  })

  it('keeps the no-break space between its words and what stands beside them', () => {
    const { shown, rewrite } = open(
      '<article><p data-block="paragraph">Old words.\u00a0<a data-furniture href="#x">↩</a></p></article>',
    )
    rewrite('Old words', 'New words.')
    expect(shown.textContent).toBe('New words.\u00a0↩')
  })

  it('is made of the author’s link, code, formula and footnote mark', () => {
    const { shown, rewrite } = open()
    rewrite(
      'closure',
      '`make_adder(2)` has *memory* {{1}}, see [the env](#1) and **now** $\\pi r^2$ and `new()`',
    )
    const block = find(shown, 'p')
    expect(find(block, 'a.xref').outerHTML).toBe(
      '<a id="ref-env" class="xref" href="https://example.org/env">the env<svg data-furniture="" class="icon" width="8" height="8"></svg></a>',
    )
    expect(find(block, 'code').outerHTML).toBe(
      '<code class="literal"><span class="pre">make_adder(2)</span></code>',
    )
    expect(find(block, 'em').outerHTML).toBe('<em class="term">memory</em>')
    expect(find(block, 'sup').id).toBe('fnref1')
    expect(find(block, '.katex').textContent).toBe('πr²')
    expect(block.lastElementChild?.outerHTML).toBe('<code>new()</code>')
  })

  it('uses an element a second time without its id', () => {
    const { document, shown, rewrite } = open()
    rewrite('closure', '{{1}} and {{1}}, [a](#1) and [b](#1)')
    expect(shown.querySelectorAll('sup').length).toBe(2)
    expect(shown.querySelectorAll('#fnref1, #ref-env').length).toBe(2)
    expect(document.getElementById('ref-env')?.textContent).toBe('a')
  })

  it('keeps a wrapper of all its words, and an anchor for an id whose element is gone', () => {
    const { shown, rewrite } = open()
    rewrite('The area', 'The size is $\\pi r^2$')
    expect(find(shown, 'p > span.lead').textContent).toBe('The size is πr²')
    rewrite('Done', 'Finished')
    expect(find(shown, '#term-done').textContent).toBe('')
  })

  it('shows TeX that is nowhere in the lesson through the typesetter, else as code', () => {
    const typesetTex = (tex: string) =>
      tex === 'a+b' ? (new JSDOM('<math>').window.document.querySelector('math') ?? undefined) : undefined
    const { shown, rewrite } = open(markedLesson, { typesetTex })
    rewrite('Second', '$a+b$ $c+d$')
    expect(find(shown, 'ol > li:last-child').innerHTML).toBe('<math></math> <code>c+d</code>')
  })

  it('shows a formula that the page did not typeset as the page does', () => {
    const { shown, rewrite } = open(
      '<article><p data-block="paragraph">If \\( K_c \\) is large, so is x.</p></article>',
    )
    rewrite('large', 'When $K_c$ grows, $x$ grows')
    expect(find(shown, 'p').innerHTML).toBe('When \\( K_c \\) grows, <code>x</code> grows')
  })

  it('gives way to the author’s words when it is restored later', () => {
    const { clone, shown, root, rewrite, indexOf } = open()
    const before = find(root, 'p').outerHTML
    rewrite('closure', 'Other words')
    clone.applyBlock(indexOf('closure'), { status: 'restored' })
    expect(find(shown, 'p').outerHTML).toBe(before)
  })

  it.each([
    '<script>alert(1)</script><img src=x onerror=alert(1)>',
    '[x](javascript:alert(1)) [y](#7) ![z](http://evil)',
    '{{9}} \\href{javascript:alert(1)}{x} $$\\href{javascript:alert(1)}{x}$$',
    '`<iframe src=//evil>` **<b onclick=alert(1)>** &lt;i&gt; <!-- -->',
  ])('makes no element beyond the author’s of %s', (inline) => {
    const { shown, rewrite } = open()
    rewrite('Second', inline)
    const block = find(shown, 'ol > li:last-child')
    expect(
      [...block.querySelectorAll('*')]
        .map(({ localName }) => localName)
        .filter((name) => !/^(em|strong|code)$/.test(name)),
    ).toEqual([])
    expect([...block.querySelectorAll('*')].flatMap((element) => [...element.attributes])).toEqual([])
  })

  it('is not typeset by the page’s MathJax', () => {
    expect([...open().shown.classList]).toEqual(['markdown', 'mathjax_ignore', 'tex2jax_ignore'])
  })

  it('ignores a fixed block and a block that is not there', () => {
    const { clone, shown, root } = open()
    clone.applyBlock(3, { status: 'rewritten', inline: 'x' })
    clone.applyBlock(99, { status: 'rewritten', inline: 'x' })
    expect(shown.textContent).toBe(root.textContent)
  })
})

describe('the original', () => {
  it('leaves what MathML calls a form as it is', () => {
    const formula = '<math data-block="math"><mo form="prefix">(</mo><mi>x</mi></math>'
    const { shown, root } = open(`<article>${formula}</article>`)
    expect(shown.querySelector('math')?.outerHTML).toBe(root.querySelector('math')?.outerHTML)
  })

  it('is hidden by one attribute, and as it was afterwards', () => {
    const { document, root, clone, rewrite } = open()
    expect(root.getAttributeNames()).toEqual(['id', 'class', 'data-lectern-hidden'])
    rewrite('closure', 'x')
    clone.addAddition({ after: 0, kind: 'summary', inline: 'x' })
    clone.hide()
    expect(root.outerHTML).toBe(open().root.outerHTML.replace(' data-lectern-hidden=""', ''))
    expect(document.querySelectorAll('[data-lectern-clone], style').length).toBe(0)
    clone.show()
    expect(document.querySelector('article')?.textContent).toContain('In short')
  })
})

describe('a folded block', () => {
  it('shows its first sentence and opens', () => {
    const { clone, shown, indexOf } = open()
    clone.applyBlock(indexOf('closure'), { status: 'folded' })
    const line = find(shown, 'p[data-lectern-fold]')
    expect(squeeze(line.textContent)).toBe('A closure keeps its environment: call make_adder(2), or read on.')
    expect(line.querySelectorAll('a, sup').length).toBe(0)
    const block = line.nextElementSibling as Element
    expect(block.hasAttribute('data-lectern-folded')).toBe(true)
    find(line, 'button').click()
    expect(block.hasAttribute('data-lectern-folded')).toBe(false)
    expect(find(line, 'button').getAttribute('aria-expanded')).toBe('true')
  })

  it.each([
    ['One more', 'And another'],
    ['And another', 'One more'],
  ])('merges with its neighbour (%s first)', (...words) => {
    const { clone, shown, indexOf } = open()
    for (const word of words) clone.applyBlock(indexOf(word), { status: 'folded' })
    expect([...shown.querySelectorAll('[data-lectern-fold]')].map(({ textContent }) => textContent)).toEqual([
      'One more.\u00a0(and 1 more)',
    ])
    clone.applyBlock(indexOf('One more'), { status: 'kept' })
    expect([...shown.querySelectorAll('[data-lectern-fold]')].map(({ textContent }) => textContent)).toEqual([
      'And another.',
    ])
  })

  it('keeps the place of a list’s item and of the list in it', () => {
    const { clone, shown, indexOf } = open()
    clone.applyBlock(indexOf('First'), { status: 'folded' })
    const item = find(shown, 'ol > li')
    expect(squeeze(find(item, 'button').textContent)).toBe('First, name r.')
    expect(find(item, 'ul').closest('[data-lectern-folded]')).toBeNull()
  })

  it('never folds a heading', () => {
    const { clone, shown, indexOf } = open()
    clone.applyBlock(indexOf('Closures'), { status: 'folded' })
    expect(shown.querySelector('[data-lectern-fold]')).toBeNull()
  })
})

describe('an addition', () => {
  it.each([
    ['Closures', 'h1 + [data-lectern-addition]'],
    ['closure', 'p + [data-lectern-addition]'],
    ['def f', '.highlight-python + [data-lectern-addition]'],
    ['nested', 'ul > li > [data-lectern-addition]'],
    ['Second', 'ol > li:last-child > [data-lectern-addition]'],
    ['Scope', 'dl + [data-lectern-addition]'],
    ['Where', 'dd > [data-lectern-addition]'],
    ['Simple', 'blockquote + [data-lectern-addition]'],
    ['x = 1', '.markdown > p + [data-lectern-addition]'],
    ['constant', '.table-wrapper + [data-lectern-addition]'],
    ['A figure', 'figure + [data-lectern-addition]'],
  ])('after %s stands at %s', (words, selector) => {
    const { clone, shown, indexOf } = open()
    clone.addAddition({ after: indexOf(words), kind: 'example', inline: 'Say **this**: `x`' })
    const addition = find(shown, selector)
    expect(addition.textContent).toBe('ExampleSay this: x')
    expect(addition.getAttribute('aria-label')).toBe('Example, not written by the author')
  })

  it('stands before the first block, and several in their order', () => {
    const { clone, shown } = open()
    clone.addAddition({ after: -1, kind: 'background', inline: 'zero' })
    clone.addAddition({ after: 1, kind: 'example', inline: 'two' })
    clone.addAddition({ after: 1, kind: 'check', inline: 'three?', answer: 'three!' })
    const kinds = [...shown.children].slice(0, 5).map((child) => child.getAttribute('data-lectern-addition'))
    expect(kinds).toEqual(['background', null, null, 'example', 'check'])
    const details = find(shown, 'details')
    expect(details.textContent).toBe('Show the answerthree!')
    expect((details as HTMLDetailsElement).open).toBe(false)
    clone.removeAdditions()
    expect(shown.querySelector('[data-lectern-addition]')).toBeNull()
  })

  it('follows a block’s new words too', () => {
    const { clone, shown, rewrite, indexOf } = open()
    clone.addAddition({ after: indexOf('First'), kind: 'example', inline: 'e' })
    rewrite('First', 'Name $r$')
    expect(squeeze(find(shown, 'ol > li').textContent)).toBe('Name r ExampleeA nested item.')
  })
})

describe('a rewrite in another language', () => {
  it('carries it, turns, and keeps terms and code as they are read', () => {
    const { clone, shown, rewrite, indexOf } = open()
    clone.setLanguage('ur', 'rtl')
    rewrite('closure', 'ایک *closure* اپنا environment `make_adder(2)` یاد x رکھتا ہے')
    const block = find(shown, 'p')
    expect([block.lang, block.dir]).toEqual(['ur', 'rtl'])
    expect(find(block, 'em').innerHTML).toBe('<bdi lang="en">closure</bdi>')
    expect(block.querySelectorAll('bdi').length).toBe(2)
    expect(find(block, 'code').dir).toBe('ltr')
    expect(find(shown, 'pre').dir).toBe('ltr')
    expect(find(shown, 'ol').dir).toBe('rtl')
    expect(find(shown, 'ol > li').dir).toBe('ltr')
    clone.applyBlock(indexOf('closure'), { status: 'restored' })
    expect([block.hasAttribute('lang'), block.dir]).toEqual([false, 'ltr'])
  })

  it('brings Urdu the font with its letters: for the rewrite, and for what the interface says in it', () => {
    const fontOf = (clone: Element) => (clone as HTMLElement).style.getPropertyValue('--lectern-page-font')
    const { clone, shown } = open()
    expect(fontOf(shown)).toBe('')
    clone.setLanguage('ur', 'rtl')
    expect(fontOf(shown)).not.toBe('')
    const { document } = new JSDOM(`<html lang="en"><body><main>${markedLesson}</main></body></html>`).window
    const lesson = extractMarked(document.querySelector('article') as Element)
    createLessonClone(lesson, { words: { ...englishWords, language: 'ur' } }).show()
    expect(fontOf(document.querySelector('[data-lectern-clone]') as Element)).not.toBe('')
  })

  it('turns nothing where the direction is the same', () => {
    const { clone, shown, rewrite } = open()
    clone.setLanguage('de', 'ltr')
    rewrite('Second', 'Zweitens.')
    expect(find(shown, 'ol > li:last-child').lang).toBe('de')
    expect(shown.querySelector('[dir], bdi')).toBeNull()
  })
})

describe('blocks that are being made', () => {
  it('are dimmed until they arrive, or until the end', () => {
    const { clone, shown, rewrite } = open()
    clone.awaitBlocks([0, 1, 2, 3])
    const pending = () => shown.querySelectorAll('[data-lectern-pending]').length
    expect(pending()).toBe(3)
    rewrite('Closures', 'x')
    expect(pending()).toBe(2)
    clone.endWaiting()
    expect(pending()).toBe(0)
  })
})
