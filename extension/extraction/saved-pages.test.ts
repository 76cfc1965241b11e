// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { extractPage } from './extract-page.ts'
import { fixtureDocument } from './fixture-lesson.ts'

const pages = join(import.meta.dirname, '../e2e/pages')

it.each([
  ['docusaurus-forward-kinematics', 'docusaurus'],
  ['mdbook-vectors', 'mdbook'],
  ['mkdocs-loops', 'mkdocs-material'],
  ['rtd-derivative', 'sphinx'],
])('reads the saved page %s as it was looked over', async (id, family) => {
  const document = fixtureDocument(readFileSync(join(pages, `${id}.html`), 'utf8'))
  const page = extractPage(document, `https://lessons.example/${id}.html`)
  if (page.lesson === false) throw new Error(page.reason)
  expect(page.family).toBe(family)
  const { title, language, blocks } = page.lesson
  const text = [`${title} (${language})`, ...blocks.map(({ block }) => JSON.stringify(block))].join('\n')
  await expect(`${text}\n`).toMatchFileSnapshot(`saved-pages/${id}.jsonl.txt`)
})
