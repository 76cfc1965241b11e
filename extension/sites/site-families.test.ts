// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { fixtureDocument } from '../extraction/fixture-lesson.ts'
import { familyExamples } from './family-examples.ts'
import { furnitureOf } from './family-furniture.ts'
import { claimingFamilies, recognize } from './recognize.ts'
import { siteFamilies } from './site-families.ts'

const text =
  '<p>A passage of a lesson that goes on for long enough to count as something a learner would read.</p>'.repeat(
    5,
  )
const generated = (generator: string, body: string) =>
  `<meta name="generator" content="${generator}"><body>${body}`

/** The least markup of a lesson page of each family; `LESSON` is its text. */
const pages: Record<string, string> = {
  antora: generated('Antora 3.1', '<article class="doc">LESSON</article>'),
  asciidoctor: generated(
    'Asciidoctor 2.0.23',
    '<div id="header"><h1>T</h1></div><div id="content">LESSON</div>',
  ),
  bookdown: generated(
    'bookdown 0.40 and GitBook 2.6.7',
    '<div class="page-inner"><section class="normal">LESSON</section></div>',
  ),
  canvas: '<div id="wiki_page_show"><div class="show-content user_content">LESSON</div></div>',
  docbook: generated(
    'DocBook XSL Stylesheets Vsnapshot',
    '<div class="navheader"></div><div class="sect1">LESSON</div>',
  ),
  docsify:
    '<main><section class="content"><article class="markdown-section" id="main">LESSON</article></section></main>',
  docusaurus: generated(
    'Docusaurus v3.9',
    '<article><div class="theme-doc-markdown markdown">LESSON</div></article>',
  ),
  doxygen: generated('Doxygen 1.9.8', '<div class="PageDoc"><div class="contents">LESSON</div></div>'),
  gitbook: generated('GitBook (28f7fba)', '<main>LESSON</main>'),
  honkit: generated('HonKit 6.1', '<section class="normal markdown-section">LESSON</section>'),
  jupyter: '<body class="jp-Notebook"><main>LESSON</main>',
  'just-the-docs':
    '<div class="side-bar"></div><div class="main"><div class="main-content"><main>LESSON</main></div></div>',
  latexml: '<div class="ltx_page_content"><article class="ltx_document">LESSON</article></div>',
  libretexts:
    '<body class="columbia-page-main"><article id="elm-main-content"><section class="mt-content-container">LESSON</section></article>',
  mdbook:
    '<div id="menu-bar"><label id="sidebar-toggle"></label></div><div id="content"><main>LESSON</main></div>',
  mediawiki: generated('MediaWiki 1.45', '<main id="content"><h1>T</h1>LESSON</main>'),
  mkdocs: '<div id="mkdocs_search_modal"></div><div role="main">LESSON</div>',
  'mkdocs-material': generated(
    'mkdocs-1.6, mkdocs-material-9.6',
    '<article class="md-content__inner">LESSON</article>',
  ),
  moodle: '<body id="page-mod-book-view"><div id="region-main"><div class="book_content">LESSON</div></div>',
  myst: generated('mystmd', '<main><article class="article">LESSON</article></main>'),
  nextra: '<div class="nextra-nav-container"></div><article><main>LESSON</main></article>',
  openstax:
    '<div id="main-content"><div data-type="page" data-is-baked="true"><h2 data-type="document-title">T</h2>LESSON</div></div>',
  pressbooks: '<body class="pressbooks-book"><section data-type="chapter">LESSON</section>',
  pretext: '<body class="pretext book"><div id="ptx-content">LESSON</div>',
  quarto: generated('quarto-1.7.23', '<main id="quarto-document-content">LESSON</main>'),
  scribble:
    '<link rel="stylesheet" href="scribble.css"><body><div class="maincolumn"><div class="main">LESSON</div></div>',
  sphinx: '<script id="documentation_options"></script><body><div class="body" role="main">LESSON</div>',
  starlight: generated('Starlight v0.36', '<main data-pagefind-body>LESSON</main>'),
  texinfo: generated('texi2any', '<div class="section-level-extent">LESSON</div>'),
  vitepress: generated('VitePress v1.6.4', '<div class="VPDoc"><div class="vp-doc">LESSON</div></div>'),
  vuepress: generated('VuePress 2.0', '<main><div vp-content>LESSON</div></main>'),
}
const pageOf = (id: string) => fixtureDocument((pages[id] ?? '').replace('LESSON', text))
const ids = siteFamilies.map(({ id }) => id)

describe.each(ids)('the family %s', (id) => {
  const url = familyExamples[id]?.lessons[0] ?? ''

  it('claims its page alone and finds the lesson there', () => {
    expect(claimingFamilies(pageOf(id), 'https://x.example/lesson')).toEqual([id])
    expect(recognize(pageOf(id), url)).toMatchObject({ lesson: true, family: id })
  })

  it('finds no lesson on a page without one', () => {
    expect(recognize(fixtureDocument((pages[id] ?? '').replace('LESSON', '')), url).lesson).toBe(false)
  })

  it('has examples whose addresses belong to no other family', () => {
    expect(familyExamples[id]?.lessons.length).toBeGreaterThan(0)
    for (const address of [...(familyExamples[id]?.lessons ?? []), ...(familyExamples[id]?.others ?? [])]) {
      const claiming = claimingFamilies(fixtureDocument(''), address)
      expect(claiming.filter((other) => other !== id)).toEqual([])
    }
    for (const address of familyExamples[id]?.lessons ?? [])
      expect(recognize(pageOf(id), address)).toMatchObject({ family: id })
  })

  it('is written in selectors that are some', () => {
    const family = siteFamilies.find((one) => one.id === id)
    const selectors = [
      family?.mark ?? '*',
      family?.others ?? '*',
      ...(family?.lesson ?? []),
      ...furnitureOf(id),
    ]
    for (const selector of selectors) expect(() => document.querySelector(selector)).not.toThrow()
  })
})

it('lists families by name, once each', () => {
  expect(ids).toEqual([...new Set(ids)].toSorted())
  expect(Object.keys(pages).toSorted()).toEqual(ids)
})

it('does not depend on the order of families', () => {
  for (const id of ids) expect(claimingFamilies(pageOf(id), 'https://x.example/lesson')).toHaveLength(1)
})
