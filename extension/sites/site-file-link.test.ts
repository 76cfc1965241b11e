import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { JSDOM } from 'jsdom'
import { describe, expect, it } from 'vitest'
import { recognize } from './recognize.ts'
import { siteFileLink } from './site-file-link.ts'

const project = join(import.meta.dirname, '../..')
/** Pages of real builds, with the lines that SITES.md tells their owners to add. */
const builds = [
  ['Docusaurus', 'extension/e2e/sites/docusaurus/built/docs/recursion.html', '/book/lectern.json'],
  ['VitePress', 'extension/e2e/sites/vitepress/built/recursion.html', '/book/lectern.json'],
  ['MkDocs', 'api/demo/pages/mkdocs/lessons/testing/index.html', '../../lectern.json'],
  ['Sphinx', 'api/demo/pages/sphinx/en/latest/lessons/derivative.html', '../lectern.json'],
  ['mdBook', 'extension/e2e/pages/mdbook-vectors.html', 'lectern.json'],
] as const

describe.each(builds)('a page of %s', (_, path, href) => {
  const url = 'https://book.example/book/a/b/page.html'
  const open = (change: (html: string) => string) =>
    new JSDOM(change(readFileSync(join(project, path), 'utf8')), { url }).window.document

  it('names its owner’s file where the theme adds it', () => {
    expect(siteFileLink(open((html) => html))).toBeNull()
    const page = open((html) => html.replace('</head>', `<link rel="lectern" href="${href}"></head>`))
    expect(siteFileLink(page)).toBe(new URL(href, url).href)
  })

  it('has its lesson where the file or a mark says', () => {
    const marked = open((html) => html.replace(/<h1/, '<h1 data-lectern="lesson"'))
    expect(recognize(marked, url)).toMatchObject({ lesson: true, root: marked.querySelector('h1') })
    const page = open((html) => html)
    const declared = recognize(page, url, { lesson: ':is(h1):not(:root, head, head *)' })
    expect(declared).toMatchObject({ lesson: true, root: page.querySelector('h1') })
    expect(recognize(page, url, { elsewhere: true })).toEqual({ lesson: false, reason: 'elsewhere' })
  })
})
