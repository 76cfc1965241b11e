// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { furnitureOf } from '../sites/family-furniture.ts'
import { extractLesson } from './extract-lesson.ts'
import { blockLines, fixtureDocument } from './fixture-lesson.ts'

describe('code that is no pre', () => {
  it.each<[string, string, string]>([
    [
      'coqdoc',
      '<div class="code code-tight">\n<br/>\n<span class="id">Require</span> <span class="id">Export</span> Types.<br/>\n&nbsp;&nbsp;x.<br/>\n</div>',
      'code: Require Export Types.\n  x.',
    ],
    [
      'Scribble, one line',
      '<blockquote class="SCodeFlow"><p><span class="RktPn">(</span>f<span class="hspace">&nbsp;</span>x)</p></blockquote>',
      'code: (f x)',
    ],
    [
      'OCaml',
      '<div class="pre caml-input"><span># </span>let f x =\n  x;;</div>',
      'code: # let f x =\n  x;;',
    ],
    ['Lean', '<code class="hl lean block"><span>def m</span> : Nat</code>', 'code: def m : Nat'],
    [
      'MyST',
      '<div data-name="safe-output-text"><code><span>numpy.ndarray</span></code></div>',
      'code: numpy.ndarray',
    ],
  ])('reads that of %s', (_, html, line) => {
    expect(blockLines(`${html}<p>a</p>`)).toEqual([line, 'paragraph: a'])
  })

  it.each<[string, string]>([
    [
      'tooltips',
      '<div class="fragment"><div class="line">a();</div><div class="ttc"><div>a.h</div></div></div>',
    ],
    ['numbers of callouts', '<pre><code>a(); <i class="conum" data-value="1"></i><b>(1)</b></code></pre>'],
  ])('leaves out %s', (_, html) => {
    expect(blockLines(html)).toEqual(['code: a();'])
  })

  it('gives no line to an element without height', () => {
    expect(blockLines('<pre>a\n<div class="newline"></div>b\n<div class="newline"></div>c</pre>')).toEqual([
      'code: a\nb\nc',
    ])
  })
})

describe('what stands around the lesson in its own element', () => {
  it.each<[string, string]>([
    [
      'a row of links with bars',
      '<p>&lt; <a href="a">A</a> | <a href="i">Contents</a> | <a href="b">B</a> &gt;</p>',
    ],
    [
      'links that say next and previous',
      '<p><a href="a">Prev</a> • <a href="s">Source</a> • <a href="b">Next</a></p>',
    ],
    ['a link that says next', '<div><a href="b">Next &gt;</a></div>'],
    [
      'the panel of LaTeX2HTML',
      '<div><a href="b"><img alt="next" src="n.png"></a><br><b>Next:</b> <a href="b">B</a> <b>Up:</b> <a href="u">U</a></div>',
    ],
    [
      'a link to edit the page',
      '<p>Last updated | <a href="https://github.com/a/b/edit/main/c.md">Edit this page</a></p>',
    ],
    ['a number of its own', '<div class="number">16</div>'],
    ['a pictogram', '<div>ℹ️</div>'],
    [
      'a badge',
      '<p><a href="https://colab.example"><img src="/assets/colab-badge.svg" alt="Open in Colab"></a></p>',
    ],
    ['what Bootstrap hides', '<div class="d-none name">grouping.Rmd</div>'],
    [
      'the list of sections',
      '<h2>Table of contents</h2><ul><li><a href="#a">A</a><ol><li><a href="#b">B</a></li></ol></li></ul>',
    ],
    ['the label of code', '<h3 class="code-label">PYTHON</h3>'],
  ])('leaves out %s', (_, html) => {
    expect(blockLines(`<h1>T</h1>${html}<p>a</p>`)).toEqual(['heading1: T', 'paragraph: a'])
  })

  it('leaves out links to other pages before the title', () => {
    const html = '<ul><li><a href="a">A</a></li><li><a href="b">B</a></li></ul><h1>T</h1><p>a</p>'
    expect(blockLines(html)).toEqual(['heading1: T', 'paragraph: a'])
  })

  it.each<[string, string, string]>([
    [
      'links with words',
      '<p>See <a href="a">A</a> | <a href="b">B</a></p>',
      'paragraph: See [A](#1) | [B](#2)',
    ],
    ['a link that is a heading', '<h2><a href="x">Contents</a></h2>', 'heading2: [Contents](#1)'],
    ['a number that is a paragraph', '<p>42</p>', 'paragraph: 42'],
    ['Bootstrap for wide windows', '<div class="d-none d-md-block">b</div>', 'paragraph: b'],
    [
      'a list of links that no heading calls so',
      '<p>c</p><ul><li><a href="#b">B</a></li></ul>',
      'list_item: [B](#1)',
    ],
  ])('keeps %s', (_, html, line) => {
    expect(blockLines(`<h1>T</h1>${html}`)).toContain(line)
  })

  it.each<[string, string, string[]]>([
    [
      'nextra',
      '<p>a</p><div class="_flex print:_hidden"><a href="b">B</a><a href="c">C</a></div>',
      ['paragraph: a'],
    ],
    [
      'mediawiki',
      '<table class="vertical-navbox"><tr><th>B</th></tr><tr><td>c</td></tr></table><p>a</p>',
      ['paragraph: a'],
    ],
  ])('leaves out what pages of %s have', (family, html, lines) => {
    expect(blockLines(html, { furniture: furnitureOf(family) })).toEqual(lines)
  })
})

describe('words', () => {
  it.each<[string, string, string[]]>([
    [
      'an operator that links to its manual',
      '<p>(<a href="https://docs.example/numbers.html#plus">+</a> 1 2)</p>',
      ['paragraph: ([+](#1) 1 2)'],
    ],
    ['a permalink', '<h2>A <a href="other.html#a">¶</a></h2>', ['heading2: A']],
    [
      'a note beside the text',
      '<p>A<span class="ltx_note"><span class="ltx_note_outer">note</span></span> b</p>',
      ['paragraph: A b'],
    ],
    [
      'inline code of coqdoc',
      '<p>the <span class="inlinecode"><span class="id">nat</span></span></p>',
      ['paragraph: the `nat`'],
    ],
    [
      'a number that style parts from a heading',
      '<h2><span class="secnum">3.4</span>Time</h2>',
      ['heading2: Time'],
    ],
    [
      'one of no name',
      '<h2><a href="#a" id="a"><small>16 . 1</small>Spinning</a></h2>',
      ['heading2: Spinning'],
    ],
    [
      'a heading that links to itself, and an anchor',
      '<h2 id="a"><a href="#a">A</a><a id="a-1"></a></h2>',
      ['heading2: A'],
    ],
    ['a margin note', '<blockquote class="refcontent"><p>a</p></blockquote>', ['admonition: a']],
    [
      'a figure laid out by a table',
      '<div class="figure"><p class="title">F</p><div><table><tr><td><img src="f.png" alt="f"></td></tr></table></div></div>',
      ['figure: f', 'caption: F'],
    ],
    [
      'a box that is closed',
      '<div class="is-collapsed"><div style="display:none"><p>a</p></div></div>',
      ['paragraph: a'],
    ],
    [
      'a formula that is broken by comments',
      '<p>See <math alttext="\\mathbf{x%&#10;}=\\% b"></math>.</p>',
      ['paragraph: See $\\mathbf{x}=\\% b$.'],
    ],
  ])('reads %s', (_, html, lines) => {
    expect(blockLines(html)).toEqual(lines)
  })

  it.each<[string, string, string]>([
    ['Manual: Splitting', '<h4>3.5.7 Splitting</h4>', '3.5.7 Splitting'],
    ['Part 3 - Trips', '<h2>Part 3 - Trips</h2>', 'Part 3 - Trips'],
    ['Loops - Book', '<h2>Overview</h2>', 'Loops'],
  ])('takes the title of "%s" with %s', (documentTitle, html, title) => {
    const document = fixtureDocument(`<title>${documentTitle}</title>${html}<p>x</p>`)
    expect(extractLesson(document.body).title).toBe(title)
  })
})
