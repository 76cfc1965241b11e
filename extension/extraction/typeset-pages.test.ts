// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { extractPage } from './extract-page.ts'
import { fixtureDocument } from './fixture-lesson.ts'

const pages = join(import.meta.dirname, 'typeset-pages')
const open = (name: string) => fixtureDocument(readFileSync(join(pages, name), 'utf8'))

function lessonOf(document: Document) {
  const page = extractPage(document, 'https://lessons.example/rates-of-change')
  if (page.lesson === false) throw new Error(page.reason)
  const { title, language, blocks } = page.lesson
  return { title, language, blocks: blocks.map(({ block }) => block) }
}

it.each(readdirSync(pages).filter((name) => name.endsWith('.html') && name !== 'lesson.html'))(
  'gives the same lesson before and after its script ran: %s',
  (name) => {
    const after = open(name)
    const before = open('lesson.html')
    for (const script of after.querySelectorAll('script[src]')) before.body.append(script.cloneNode())
    const lesson = lessonOf(before)
    expect(lesson.blocks.filter(({ kind }) => kind === 'math' || kind === 'code')).toHaveLength(7)
    expect(lessonOf(after)).toEqual(lesson)
  },
)
