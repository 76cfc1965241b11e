import { BlockLesson, RewritesQuery } from '@lectern/shared'
import type { TSchema } from 'typebox'
import { describe, expect, it } from 'vitest'
import { compileValidator } from './compile-validator.ts'
import { type RequestPart, validationFailure } from './validation-failure.ts'

type Read = { value?: unknown; error?: Parameters<typeof validationFailure>[0] }

function read(schema: TSchema, httpPart: RequestPart, value: unknown): Read {
  return compileValidator({ schema, httpPart, method: 'POST', url: '/' })(value) as Read
}

const hash = '0'.repeat(64)
const lessonWith = (change: object) => ({
  lesson_slug: 'a',
  url: 'https://a.example/',
  title: 'A',
  language: 'en',
  sections: [{ hash }],
  ...change,
})
const blocks = (...of: unknown[]) => ({ sections: [{ hash }, { hash, blocks: of }] })

describe('validationFailure', () => {
  it.each([
    [{ sections: [] }, 'sections', 'sections must not have fewer than 1 items.'],
    [{ sections: [{ hash: 'x' }] }, 'sections[0].hash', 'sections[0].hash must be: SHA-256 in hex digits.'],
    [{ adjustment: 2 }, 'adjustment', 'adjustment must be one of -1, 0, 1.'],
    [{ adjustment: '1' }, 'adjustment', 'adjustment must be one of -1, 0, 1.'],
    [{ title: 5 }, 'title', 'title must be of type string.'],
    [
      blocks({ kind: 'poem', text: 'x' }),
      'sections[1].blocks[0].kind',
      'sections[1].blocks[0].kind must be one of heading, paragraph, list_item, definition, quote, admonition, ' +
        'caption, cell, code, math, table, figure, image, embed.',
    ],
    [
      blocks({ kind: 'code', text: 'x', level: 1 }),
      'sections[1].blocks[0].level',
      'sections[1].blocks[0].level is not known here: allowed are kind, text, language.',
    ],
    [
      blocks({ kind: 'paragraph', text: '' }),
      'sections[1].blocks[0].text',
      'sections[1].blocks[0].text must not have fewer than 1 characters.',
    ],
    [blocks({ kind: 'paragraph' }), 'sections[1].blocks[0].text', 'sections[1].blocks[0].text is missing.'],
  ])('names the field and what is allowed: %j', (change, detail, message) => {
    const { error = [] } = read(BlockLesson, 'body', lessonWith(change))
    expect(validationFailure(error, 'body', BlockLesson)).toEqual({
      error: 'validation_failed',
      message,
      detail,
    })
  })

  it('repeats no more than the beginning of a name that it does not know', () => {
    const { error = [] } = read(BlockLesson, 'body', lessonWith({ ['x'.repeat(500)]: 1 }))
    expect(validationFailure(error, 'body', BlockLesson).detail).toBe('x'.repeat(80))
  })
})

describe('compileValidator', () => {
  const query = (values: object) => read(RewritesQuery, 'querystring', { profile: '1', ...values })

  it('reads numbers in a query, exactly, and nothing else', () => {
    expect(query({ adjustment: '-1', variant: '2' }).value).toEqual({
      profile: '1',
      adjustment: -1,
      variant: 2,
    })
    for (const wrong of [{ variant: '2.5' }, { variant: '' }, { variant: 'x' }, { adjustment: '2' }])
      expect(query(wrong).error).toHaveLength(1)
  })

  it('converts and drops nothing in a body', () => {
    expect(read(BlockLesson, 'body', lessonWith({ variant: '1' })).error).toHaveLength(1)
    expect(read(BlockLesson, 'body', lessonWith({ more: 1 })).error).not.toEqual([])
  })
})
