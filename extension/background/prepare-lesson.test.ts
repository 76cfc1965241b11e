import { type Block, BlockLesson } from '@lectern/shared'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import type { LessonQuestion } from '../messaging/lesson-protocol.ts'
import { prepareLesson, uploadOf } from './prepare-lesson.ts'

const blocks: Block[] = [
  { kind: 'heading', level: 1, text: 'Loops' },
  { kind: 'paragraph', text: 'Use `for` and press {{1}}.', atoms: [{ type: 'key', text: 'Enter' }] },
  { kind: 'code', text: 'for x in xs:', language: 'python' },
]
const question: LessonQuestion = {
  type: 'personalize',
  title: 'Loops',
  language: 'en',
  blocks,
  adjustment: 0,
  variant: 0,
}
const page = { url: 'https://book.example/a/loops.html?token=1#x', adjustment: 0, variant: 0 } as const

describe('a prepared lesson', () => {
  it('has the hashes that the API computes (those of the contract’s own test)', () => {
    const { hash, sections } = prepareLesson(question)
    expect(sections.map((section) => section.hash)).toEqual([
      '8b2dd1fdf7de38c6b32349c1edbac8be3ae4007e0b52c1ff2206689d5540f9b4',
    ])
    expect(hash).toBe('b4045f23a3c4e0aad6672346b7db3225fdb89b6d873290ec738041dcd420ba0f')
  })

  it('knows where each section begins', () => {
    const { sections } = prepareLesson({ ...question, blocks: [...blocks, ...blocks, ...blocks] })
    expect(sections.map((section) => section.start)).toEqual([0, 3, 6])
  })

  it('is uploaded as the contract asks, whatever the page is called', () => {
    const title = `${'x'.repeat(499)}😀`
    const upload = uploadOf(prepareLesson({ ...question, title }), page)
    expect([...Value.Errors(BlockLesson, upload)]).toEqual([])
    expect(upload).toMatchObject({ lesson_slug: 'a/loops', url: 'https://book.example/a/loops.html' })
    expect(upload.title.isWellFormed()).toBe(true)
    expect(uploadOf(prepareLesson(question), { ...page, url: 'https://book.example/' }).lesson_slug).toBe(
      'index',
    )
  })
})
