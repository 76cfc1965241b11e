// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { extractPage } from './extract-page.ts'
import { fixtureDocument } from './fixture-lesson.ts'

const demo = join(import.meta.dirname, '../../api/demo')

/** Where each lesson of the demo textbook is; the name is that of its samples. */
const pages = {
  docusaurus: 'docusaurus/docs/lessons/forward-kinematics/index.html',
  sphinx: 'sphinx/en/latest/lessons/derivative.html',
  mkdocs: 'mkdocs/lessons/testing/index.html',
  vitepress: 'vitepress/packages.html',
}

/**
 * The demo's samples are found by the hashes of what is extracted here. After a wanted change of the extraction:
 * `pnpm test --project extension demo-lessons -u`, then `pnpm test --project api samples`, which says which
 * samples no longer suit their lesson.
 */
describe('the demo textbook gives the lessons that its samples are written for', () => {
  it.each(Object.entries(pages))('%s (if not: renew by -u, then test the samples)', async (name, path) => {
    const html = readFileSync(join(demo, 'pages', path), 'utf8')
    const page = extractPage(fixtureDocument(html), `http://localhost:8788/${path}`)
    if (page.lesson === false) throw new Error(page.reason)
    const { title, language } = page.lesson
    const blocks = page.lesson.blocks.map(({ block }) => block)
    const lesson = `${JSON.stringify({ title, language, blocks }, null, 2)}\n`
    await expect(lesson).toMatchFileSnapshot(join(demo, 'samples', `${name}.lesson.json`))
  })
})
