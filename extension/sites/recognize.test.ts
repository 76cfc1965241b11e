// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { fixtureDocument } from '../extraction/fixture-lesson.ts'
import { type Recognition, recognize } from './recognize.ts'

const url = 'https://x.example/book/lesson'
const passage =
  '<p>A passage of a lesson that goes on for long enough to count as something that a learner would read.</p>'
const text = passage.repeat(5)
const links =
  '<ul><li><a href="/a">The title of a chapter that is listed here among the others</a></li></ul>'.repeat(20)

function rootOf(found: Recognition): string {
  return found.lesson
    ? `${found.family} ${found.root.localName}${found.root.id && `#${found.root.id}`}`
    : found.reason
}
const recognized = (html: string, site = {}) => rootOf(recognize(fixtureDocument(html), url, site))

describe('who says where the lesson is', () => {
  const docusaurus = `<meta name="generator" content="Docusaurus v3"><main id="m"><div class="theme-doc-markdown">${text}</div></main>`

  it('first course staff, then the author, then the family, then the finder', () => {
    const marked = docusaurus.replace('<main', '<main data-lectern="lesson"')
    expect(recognized(marked, { lesson: '#m' })).toBe('docusaurus main#m')
    expect(recognized(marked)).toBe('docusaurus main#m')
    expect(recognized(docusaurus)).toBe('docusaurus div')
    expect(recognized(`<main id="m">${text}</main>`)).toBe('unknown main#m')
  })

  it('takes staff and author at their word', () => {
    expect(recognized('<p id="x">Short.</p>', { lesson: '#x' })).toBe('staff p#x')
    expect(recognized('<p id="x" data-lectern="lesson">Short.</p>')).toBe('marked p#x')
  })

  it('finds no lesson where the staff have none, and says so for a rule that is no selector', () => {
    expect(recognized(docusaurus, { lesson: '.nowhere' })).toBe('elsewhere')
    expect(recognized(docusaurus, { lesson: '((' })).toBe('elsewhere')
  })

  it('finds none on a page that the staff count among no lessons, whoever marked one there', () => {
    const marked = `<p id="x" data-lectern="lesson">${text}</p>`
    expect(recognized(marked, { elsewhere: true, lesson: '#x' })).toBe('elsewhere')
  })

  it('passes on what the staff leave out', () => {
    expect(recognize(fixtureDocument(docusaurus), url, { ignore: ['.x'] })).toMatchObject({ ignore: ['.x'] })
  })

  it('knows a family by any of several generators', () => {
    const html = `<meta name="generator" content="Astro v5"><meta name="generator" content="Starlight v0.36"><main>${text}</main>`
    expect(recognized(html)).toBe('starlight main')
  })
})

describe('the finder', () => {
  it.each<[string, string, string]>([
    [
      'the element that holds the text',
      `<div><div id="side">${links}</div><div id="t">${text}</div></div>`,
      'unknown div#t',
    ],
    [
      'an element that holds the title too',
      `<article id="a"><h1>T</h1><div>${text}</div></article>`,
      'unknown article#a',
    ],
    [
      'paragraphs that are divs',
      `<section id="s">${text.replaceAll('p>', 'div>')}</section>`,
      'unknown section#s',
    ],
    [
      'a text in several parts',
      `<div id="d"><section>${text}</section><section>${text}</section></div>`,
      'unknown div#d',
    ],
    ['not the navigation', `<nav>${text.repeat(3)}</nav><div id="t">${text}</div>`, 'unknown div#t'],
    [
      'not a list inside the text',
      `<div id="t"><h1>T</h1><ol>${text.replaceAll('p>', 'li>')}</ol></div>`,
      'unknown div#t',
    ],
    [
      'not an item that holds the rest of a page that forgot to close its list',
      `<div id="t"><li>${text}</li></div>`,
      'unknown div#t',
    ],
    [
      'a title beside the text, which the document has too',
      `<title>Loops - Book</title><div id="d"><h1>Loops</h1><div>${text}</div></div>`,
      'unknown div#d',
    ],
    [
      "not the site's name above it",
      `<title>Loops - Book</title><div><h1>Book</h1><div id="t">${text}</div></div>`,
      'unknown div#t',
    ],
    [
      "a title of Asciidoctor's beside the text",
      `<meta name="generator" content="Asciidoctor 2"><body id="b"><div id="header"><h1>T</h1></div><div id="content">${text}</div>`,
      'asciidoctor body#b',
    ],
    [
      "a section of DocBook's newer pages",
      `<meta name="generator" content="DocBook XSL"><section id="s" class="section">${text}</section>`,
      'docbook section#s',
    ],
    [
      'the text in a theme of VuePress',
      `<meta name="generator" content="VuePress 1"><div class="theme-x-content content__default" id="v">${text}</div>`,
      'vuepress div#v',
    ],
    [
      "a node of any level of Texinfo's",
      `<meta name="generator" content="texi2any"><div class="appendix-level-extent" id="n">${text}</div>`,
      'texinfo div#n',
    ],
  ])('finds %s', (_, html, found) => {
    expect(recognized(html)).toBe(found)
  })

  it('gives the live element', () => {
    const document = fixtureDocument(`<main>${text}</main>`)
    const found = recognize(document, url)
    expect(found.lesson && found.root).toBe(document.querySelector('main'))
  })
})

it("lets a lesson's headings have links to edit them", () => {
  const heading = '<h2><span>A section</span> <span>[<a href="/w/index.php?action=edit">edit</a>]</span></h2>'
  expect(recognized(`<main>${heading.repeat(4)}${text}</main>`)).toBe('unknown main')
})

it('lets a lesson have a few headings that lead away', () => {
  const headings = '<h2><a href="/v">A video</a></h2>'.repeat(3)
  expect(recognized(`<main>${headings}${'<h2>A section</h2>'.repeat(4)}${text}</main>`)).toBe('unknown main')
})

describe('pages that are no lesson', () => {
  it.each<[string, string, string]>([
    ['a list of chapters', `<main><h1>Book</h1>${passage}${links}</main>`, 'links'],
    ['a short page', `<main><h1>T</h1>${passage}</main>`, 'short'],
    [
      'navigation without links',
      `<meta name="generator" content="GitBook (1)"><main><h1>T</h1>${passage}<nav>${text}</nav></main>`,
      'short',
    ],
    ['an empty page', '', 'no_lesson'],
    ['a list of changes', `<title>Release notes - Book</title><main>${text}</main>`, 'title'],
    ['a missing page', `<main><h1>404 - Not found</h1>${text}</main>`, 'title'],
    [
      "a blog's list of posts",
      `<main>${[1, 2, 3, 4].map((n) => `<h2><a href="/${n}">A post</a></h2>${text}`).join('')}</main>`,
      'links',
    ],
    ["a reference of R's", `<div class="template-reference-topic"><main>${text}</main></div>`, 'reference'],
    [
      'a reference that names no generator',
      `<main>${`<details class="docstring"><pre>f()</pre>${passage}${passage}</details>`.repeat(9)}</main>`,
      'reference',
    ],
    ['a login', `<main>${text}<input type="password"></main>`, 'login'],
    ['a reference', `<meta name="generator" content="rustdoc"><main>${text}</main>`, 'reference'],
    [
      'a reference among lessons',
      `<script id="documentation_options"></script><main>${'<dl><dt class="sig">f()</dt><dd>What it does, in a sentence that is long.</dd></dl>'.repeat(20)}</main>`,
      'reference',
    ],
    [
      'a family page without a lesson',
      `<meta name="generator" content="VitePress v1"><main>${text}</main>`,
      'no_lesson',
    ],
  ])('recognizes %s', (_, html, reason) => {
    expect(recognized(html)).toBe(reason)
  })

  it.each([
    '/search.html',
    '/genindex.html',
    '/print.html',
    '/tag/maths',
    '/category/maths',
    '/blog',
    '/login/index.php',
    '/search?q=loop',
    '/search.html?q=loop#x',
    '/404',
  ])('recognizes an address: %s', (path) => {
    const page = fixtureDocument(`<main>${text}</main>`)
    expect(rootOf(recognize(page, `https://x.example${path}`))).toBe('address')
  })

  it.each([
    '/research/',
    '/book/indexing.html',
    '/learn/printing.html',
    '/logins-explained',
    '/ai/search/',
    '/python/print/',
    '/html/tags',
  ])('lets %s be one', (path) => {
    expect(recognize(fixtureDocument(`<main>${text}</main>`), `https://x.example${path}`).lesson).toBe(true)
  })
})
