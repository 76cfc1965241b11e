// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fixtureDocument } from '../extraction/fixture-lesson.ts'
import { longestOutline } from './outline-limits.ts'
import { readOutline } from './read-outline.ts'

const root = join(import.meta.dirname, '../..')

/** Each entry in one line, indented by its level: its title, and the path of its page if it has one. */
function lines(html: string, url: string): string[] {
  return readOutline(fixtureDocument(html), url).entries.map(({ title, level, url: page }) => {
    const path = page === undefined ? '' : ` <${page.replace(new URL(url).origin, '')}>`
    return '  '.repeat(level) + title + path
  })
}
const saved = (path: string, url: string) => lines(readFileSync(join(root, path), 'utf8'), url)

describe('the outline of a page of', () => {
  it('MkDocs Material', () => {
    expect(saved('extension/e2e/pages/mkdocs-loops.html', 'https://x.example/lessons/loops/')).toEqual([
      'Science',
      '  Forward kinematics of a two-link arm </lessons/forward-kinematics/>',
      '  The derivative as a rate of change </lessons/derivative/>',
      '  Chemical equilibrium </lessons/equilibrium/>',
      '  Keeping a line follower on the line </lessons/pid/>',
      '  Integration by substitution </lessons/substitution/>',
      '  Acids, bases and pH </lessons/acids/>',
      "  Bayes' rule </lessons/bayes/>",
      'Humanities',
      '  The printing revolution in Europe </lessons/printing/>',
      '  The Silk Roads </lessons/silk-roads/>',
      'Programming',
      '  Loops and iteration </lessons/loops/>',
      '  Hash tables </lessons/hash-tables/>',
      '  Testing your programs </lessons/testing/>',
    ])
  })

  it('Sphinx with the theme of Read the Docs', () => {
    const outline = saved(
      'extension/e2e/pages/rtd-derivative.html',
      'https://x.example/lessons/derivative.html',
    )
    expect(outline.slice(0, 3)).toEqual([
      'Lessons',
      '  Forward kinematics of a two-link arm </lessons/forward-kinematics.html>',
      '  The derivative as a rate of change </lessons/derivative.html>',
    ])
    expect(outline.slice(-4)).toEqual([
      'The Python Tutorial',
      '  The Python Tutorial </py/index.html>',
      'SymPy',
      '  Introductory Tutorial </sym/index.html>',
    ])
  })

  it('VitePress', () => {
    expect(
      saved('extension/e2e/sites/vitepress/built/growth.html', 'https://x.example/vitepress/growth.html'),
    ).toEqual([
      'Lessons',
      '  Functions that call themselves </vitepress/recursion>',
      '  Finding by halves </vitepress/binary-search>',
      '  How work grows </vitepress/growth>',
    ])
  })

  it('Starlight', () => {
    expect(
      saved('extension/e2e/sites/starlight/built/growth/index.html', 'https://x.example/starlight/growth/'),
    ).toEqual([
      'Lessons',
      '  Functions that call themselves </starlight/recursion/>',
      '  Finding by halves </starlight/binary-search/>',
      '  How work grows </starlight/growth/>',
    ])
  })

  it('Docusaurus', () => {
    expect(
      saved(
        'api/demo/pages/docusaurus/docs/lessons/forward-kinematics/index.html',
        'http://localhost:8788/docusaurus/docs/lessons/forward-kinematics/',
      ),
    ).toEqual([
      'Forward kinematics of a two-link arm </docusaurus/docs/lessons/forward-kinematics/>',
      'The derivative as a rate of change </sphinx/en/latest/lessons/derivative.html>',
      'Testing your programs </mkdocs/lessons/testing/>',
      'Using packages </vitepress/packages.html>',
    ])
  })

  it('mdBook without its scripts: the pages before and after', () => {
    expect(
      saved('extension/e2e/pages/mdbook-vectors.html', 'https://x.example/book/ch08-01-vectors.html'),
    ).toEqual([
      'ch08 00 common collections </book/ch08-00-common-collections.html>',
      'Storing Lists of Values with Vectors </book/ch08-01-vectors.html>',
      'ch08 02 strings </book/ch08-02-strings.html>',
    ])
  })
})

const here = 'https://x.example/book/b.html'

describe('a navigation', () => {
  it('of mdBook: parts stand beside their chapters, sections in a list after their chapter', () => {
    const html = `<nav><ol>
      <li><a href="title.html">Title page</a></li>
      <li class="part-title">First part</li>
      <li><a href="a.html"><strong>1.</strong> One</a></li>
      <li><ol><li><a href="b.html"><strong>1.1.</strong> Two</a></li></ol></li>
      <li class="part-title">Second part</li>
      <li><a href="c.html">Three</a></li>
    </ol></nav>`
    expect(lines(html, here)).toEqual([
      'Title page </book/title.html>',
      'First part',
      '  1. One </book/a.html>',
      '    1.1. Two </book/b.html>',
      'Second part',
      '  Three </book/c.html>',
    ])
  })

  it('of OpenStax: chapters are details with a summary', () => {
    const html = `<nav><ol>
      <li><a href="preface">Preface</a></li>
      <li><details open><summary><span>1</span> <span>Chapter</span></summary>
        <ol><li><a href="a"><span>1.1</span> <span>One</span></a></li><li><a href="b.html">1.2 Two</a></li></ol></details></li>
      <li><a href="index-of-terms">Terms</a></li>
    </ol></nav>`
    expect(lines(html, here)).toEqual([
      'Preface </book/preface>',
      '1 Chapter',
      '  1.1 One </book/a>',
      '  1.2 Two </book/b.html>',
      'Terms </book/index-of-terms>',
    ])
  })

  it('of just-the-docs: its switches are no words, and the sections of the page itself no pages', () => {
    const html = `<nav><ul>
      <li><button><svg><title>Toggle</title></svg></button><a href="/book/">Start</a>
        <ul><li><a href="b.html" class="active">Two</a><ul><li><a href="#part">Part</a></li></ul></li></ul></li>
      <li><a href="c.html">Three</a></li><li><a href="https://elsewhere.example/">Elsewhere</a></li>
      <li><a href="/search.html">Search</a></li><li><a href="book.pdf">PDF</a></li>
      <li><a href="javascript:void 0">Fold</a></li></ul></nav>`
    expect(lines(html, here)).toEqual(['Start </book/>', '  Two </book/b.html>', 'Three </book/c.html>'])
  })

  it('is the one that lists the book: not the menu above it, nor the lesson’s own links', () => {
    const listed = (name: string) => `<li><a href="${name}.html">Page ${name}</a></li>`
    const html = `<header><ul>${['b', 'x'].map(listed).join('')}</ul></header>
      <aside><ul>${['a', 'b', 'c'].map(listed).join('')}</ul></aside>
      <main><p>A long text. ${'More of it. '.repeat(50)}</p>${['b', 'd', 'e', 'f', 'g'].map(listed).join('')}</main>`
    expect(lines(html, here)).toEqual(['a', 'b', 'c'].map((name) => `Page ${name} </book/${name}.html>`))
  })

  it('that leaves out folded pages is completed by the links to turn the page', () => {
    const html = `<nav><ul><li><a href="/book/a/">A</a><ul><li><a href="b.html">B</a></li></ul></li>
      <li><a href="/book/d/">D</a></li></ul></nav>
      <a class="pagination-nav__link--next" href="c.html"><div>Next</div><div>Third</div></a>`
    expect(lines(html, here)).toEqual([
      'A </book/a/>',
      '  B </book/b.html>',
      '  Third </book/c.html>',
      'D </book/d/>',
    ])
  })

  it.each([
    ['<a rel="next" href="c.html">Next</a>', 'c'],
    ['<link rel="next" title="Third" href="c.html">', 'Third'],
    ['<a class="navNext" href="c.html">Next: Third »</a>', 'Third'],
    ['<a aria-label="Next page" href="c.html"><svg></svg></a>', 'c'],
    ['<li class="next"><a href="c.html">Next chapter</a></li>', 'c'],
    ['<div class="PrevNextBar"><a href="a.html" class="PrevNextBar__Prev">Previous</a></div>', undefined],
    ['<a class="nextra-link" href="c.html">Third</a>', undefined],
    ['<a class="next" href="https://elsewhere.example/c">Third</a>', undefined],
  ])('is completed by %s', (link, title) => {
    const after = lines(`<main><h1>B</h1></main>${link}`, here)
    expect(after.slice(after.indexOf('B </book/b.html>') + 1)).toEqual(
      title === undefined ? [] : [`${title} </book/c.html>`],
    )
  })

  it('routed by fragments is one, too', () => {
    const html =
      '<ul><li><a href="#/a">A</a></li><li><a href="#/b?id=part">B</a></li><li><a href="#/c">C</a></li></ul>'
    expect(lines(html, 'https://x.example/#/b')).toEqual(['A </#/a>', 'B </#/b?id=part>', 'C </#/c>'])
  })

  it('is cut around the page where it is longer than any popup', () => {
    const html = `<ul>${Array.from({ length: 1500 }, (_, i) => `<li><a href="${i}.html">L${i}</a></li>`).join('')}</ul>`
    const outline = lines(html, 'https://x.example/book/900.html')
    expect(outline.length).toBe(longestOutline)
    expect(outline[longestOutline / 2]).toBe('L900 </book/900.html>')
  })

  it('is not needed: a page alone is an outline', () => {
    expect(lines('<title>T</title><main><h1>Two<a href="#two">¶</a></h1></main>', here)).toEqual([
      'Two </book/b.html>',
    ])
  })
})

it('says whether the page lists the book', () => {
  const listed = (html: string) => readOutline(fixtureDocument(html), here).listed
  const links = ['a', 'b', 'c'].map((name) => `<li><a href="${name}.html">${name}</a></li>`).join('')
  expect(listed(`<ul>${links}</ul>`)).toBe(true)
  expect(listed('<main><h1>B</h1></main><a rel="next" href="c.html">C</a>')).toBe(false)
})

it('leaves the page as it is', () => {
  const page = fixtureDocument(readFileSync(join(root, 'extension/e2e/pages/mkdocs-loops.html'), 'utf8'))
  const before = page.documentElement.outerHTML
  readOutline(page, 'https://x.example/lessons/loops/')
  expect(page.documentElement.outerHTML).toBe(before)
})
