// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { blockLines, fixtureLesson, onlyProse } from './fixture-lesson.ts'

const textOf = (html: string) => onlyProse(`<p>${html}</p>`).block.text

describe('inline elements', () => {
  it.each<[string, string]>([
    ['a <em>b</em> <i>c</i> <cite>d</cite> <dfn>e</dfn> <var>f</var>', 'a *b* *c* *d* *e* *f*'],
    ['a <strong>b</strong> <b>c <em>d</em></b>', 'a **b** **c *d*{}**'],
    ['a <em>b <i>c</i></em>', 'a *b c*'],
    ['see <cite>A. Author, <em>The Title</em>, 2012</cite>', 'see A. Author, *The Title*, 2012'],
    ['a <span style="font-style: italic">b</span> <span class="cmti-10">c</span>', 'a *b* *c*'],
    [
      'a <span style="color: red; font-weight:700">b</span> <span class="ltx_font_bold">c</span>',
      'a **b** **c**',
    ],
    ['a <u>b</u> <span class="menuselection">File ‣ Open</span>', 'a *b* **File ‣ Open**'],
    ['a <span style="font-weight: normal; font-style:normal">b</span>', 'a b'],
    ['<span style="font-weight: bold">a <i>b</i></span>', 'a *b*'],
    ['by <a href="/w?title=X&amp;action=edit&amp;redlink=1">X</a> and Y', 'by [X](#1) and Y'],
    ['a <code>x = `1`</code> <tt>b</tt> <samp>c</samp>', 'a `` x = `1` `` `b` `c`'],
    ['a <code><span class="pre">x</span> <span class="pre">y</span></code>', 'a `x y`'],
    ['a <a href="/b">b <code>c</code></a> d <a href="/e">e</a>', 'a [b `c`](#1) d [e](#2)'],
    ['a <a name="b">b</a> <span>c</span> <abbr>d</abbr> <small>e</small>', 'a b c d e'],
    ['a <mark data-highlight-id="1">b</mark> <hypothesis-highlight>c</hypothesis-highlight>', 'a b c'],
    ['he said <q>yes</q>', 'he said “yes”'],
    ['a   <em> b </em>\n c', 'a *b* c'],
    ['cost: $5 *now* [x]', 'cost: \\$5 \\*now\\* \\[x\\]'],
  ])('reads %s', (html, text) => {
    expect(textOf(html)).toBe(text)
  })

  it.each<[string, string, string, string]>([
    ['H<sub>2</sub>O', 'H{{1}}O', 'subscript', '2'],
    ['x<sup>2</sup> y', 'x{{1}} y', 'superscript', '2'],
    ['press <kbd>Ctrl</kbd> now', 'press {{1}} now', 'key', 'Ctrl'],
    [
      'press <span class="keys"><kbd>Ctrl</kbd><span>+</span><kbd>S</kbd></span> now',
      'press {{1}} now',
      'key',
      'Ctrl+S',
    ],
    ['a<sup><a href="#fn1">1</a></sup> b', 'a{{1}} b', 'footnote', '1'],
    ['a<a class="footnote-ref" href="#x"><sup>1</sup></a> b', 'a{{1}} b', 'footnote', '1'],
    ['a<sup class="reference"><a href="#cite_note-3">[3]</a></sup> b', 'a{{1}} b', 'footnote', '[3]'],
    [
      'a<span class="ltx_note"><sup class="ltx_note_mark">2</sup><span class="ltx_note_outer">2 A note.</span></span> b',
      'a{{1}} b',
      'footnote',
      '2',
    ],
    ['an <img alt="arrow"> here', 'an {{1}} here', 'image', 'arrow'],
    ['a <svg aria-label="robot"></svg> here', 'a {{1}} here', 'image', 'robot'],
    ['a<br>b', 'a{{1}}b', 'line_break', ''],
    ['a <ins>b</ins> c', 'a {{1}} c', 'inserted', 'b'],
    ['a <del>b</del> c', 'a {{1}} c', 'deleted', 'b'],
    ['a <mark>b</mark> c', 'a {{1}} c', 'marked', 'b'],
    ['a <mark data-v-1a2b>b</mark> c', 'a {{1}} c', 'marked', 'b'],
    ['a <ruby>漢<rt>kan</rt></ruby> c', 'a {{1}} c', 'other', '漢kan'],
    ['a <span class="katex"><span class="katex-html">x2</span></span> c', 'a {{1}} c', 'formula', 'x2'],
  ])('keeps %s as an atom', (html, text, type, legend) => {
    const { block, atoms } = onlyProse(`<p>${html}</p>`)
    expect(block.text).toBe(text)
    expect(block.atoms).toEqual([{ type, text: legend }])
    expect(atoms).toHaveLength(1)
  })

  it('cuts a long legend', () => {
    const { block } = onlyProse(`<p>a <mark>${'b '.repeat(400)}</mark> c</p>`)
    expect(block.atoms?.[0]?.text.length).toBeLessThanOrEqual(500)
  })
})

describe('what a block is tied to', () => {
  it('numbers links and atoms in the order of the text, without those that are dropped', () => {
    const prose = onlyProse(
      '<p><a href="#empty"></a><a href="/1">one<sup>2</sup></a> <em><a href="/2">two</a></em> <a href="#g">#</a> H<sub>3</sub></p>',
    )
    expect(prose.block.text).toBe('[one{{1}}](#1) *[two](#2)* H{{2}}')
    expect(prose.links.map((link) => link.getAttribute('href'))).toEqual(['/1', '/2'])
    expect(prose.atoms.map((atom) => atom.localName)).toEqual(['sup', 'sub'])
  })

  it('takes LaTeXML’s note with its mark', () => {
    const note =
      '<span class="ltx_note"><sup class="ltx_note_mark">2</sup><span class="ltx_note_outer">2 A note.</span></span>'
    expect(onlyProse(`<p>a${note} b</p>`).atoms.map(({ outerHTML }) => outerHTML)).toEqual([note])
  })

  it('lists code, formulas and emphasis as the text has them, parents first', () => {
    const prose = onlyProse(
      '<p><b>a <em>b</em></b> <em> </em><code>c</code> <em>d <code>e</code></em> <span class="math inline">\\(x\\)</span></p>',
    )
    expect(prose.emphases.map(({ type, element }) => [type, element.textContent])).toEqual([
      ['strong', 'a b'],
      ['emphasis', 'b'],
      ['emphasis', 'd e'],
    ])
    expect(prose.codes.map(({ text }) => text)).toEqual(['c', 'e'])
    expect(prose.formulas.map(({ tex, element }) => [tex, element.className])).toEqual([['x', 'math inline']])
  })

  it('lists what stands in the run and is in no text, outermost', () => {
    const prose = onlyProse('<p>a <a id="x"></a>b <span><svg></svg></span> c<button>d</button> e</p>')
    expect(prose.furniture.map((element) => element.localName)).toEqual(['a', 'span', 'button'])
  })

  it('ends its run at the words: furniture at the edges is not in it', () => {
    const { run } = onlyProse(
      '<h2>\n<span class="section-number">1 </span> A <em>b</em> <a class="headerlink" href="#a">¶</a></h2>',
    )
    expect([run.parent.localName, run.first.textContent, run.last.textContent]).toEqual(['h2', ' A ', 'b'])
  })

  it('has its run inside a heading that is a link to itself', () => {
    const { run, links } = onlyProse('<h2><a class="header" href="#a">A <code>b</code></a></h2>')
    expect([run.parent.localName, run.first.textContent, links.length]).toEqual(['a', 'A ', 0])
  })
})

describe('limits', () => {
  it('leaves a block on the page as it is that is longer than one may be', () => {
    expect(blockLines(`<p>${'word '.repeat(5000)}</p><p>b</p>`)).toEqual(['paragraph: b'])
    expect(blockLines(`<p>${'a<sub>1</sub>'.repeat(201)}</p><p>b</p>`)).toEqual(['paragraph: b'])
  })

  it('reads only the words of marks that are nested too deep', () => {
    const html = `<p>${'<span><em>'.repeat(500)}a <b>b</b>${'</em></span>'.repeat(500)}</p>`
    expect(blockLines(html)).toEqual(['paragraph: *a b*'])
  })
})

it('takes what stands alone in a run for a block of its own', () => {
  const kinds = (html: string) => fixtureLesson(html).blocks.map(({ block }) => block.kind)
  expect(kinds('<p><code>x = 1<br>y = 2</code></p>')).toEqual(['code'])
  expect(kinds('<p><img alt="a"> <img alt="b"></p>')).toEqual(['image', 'image'])
  expect(kinds('<p>\\[ x \\]</p>')).toEqual(['math'])
  expect(kinds('<p><code>x</code></p>')).toEqual(['paragraph'])
  expect(kinds('<p>*</p><p>·</p>')).toEqual([])
})
