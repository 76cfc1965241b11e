import type { SiteFile } from '@lectern/shared'
import { expect, it } from 'vitest'
import { draftOf } from '../site-draft.ts'
import { declaredFields } from './declared-fields.ts'

const draft = draftOf({
  id: 'book',
  name: 'Book',
  patterns: ['https://book.example/*'],
  policy: 'allow',
  lesson: 'main',
  subject: 'Algebra',
})
const fileUrl = 'https://book.example/docs/lectern.json'

it('offers what a file says otherwise than the form, as the form holds it', () => {
  const file: SiteFile = {
    version: 1,
    lesson: 'main',
    subject: 'Linear algebra',
    lessons: ['ch*'],
    policy: 'deny',
    reason: 'Not now.',
    preferences: ['learning_goal'],
    glossary: [{ term: 'kernel', translations: { de: 'Kern' } }],
  }
  expect(declaredFields(file, fileUrl, draft).toSorted((a, b) => a.field.localeCompare(b.field))).toEqual([
    { field: 'denied_reason', value: { denied_reason: 'Not now.' }, text: 'Not now.' },
    { field: 'glossary', value: { glossary: 'kernel = de: Kern' }, text: 'kernel = de: Kern' },
    {
      field: 'lesson_urls',
      value: { lesson_urls: 'https://book.example/docs/ch*' },
      text: 'https://book.example/docs/ch*',
    },
    { field: 'policy', value: { policy: 'deny' }, text: 'deny' },
    { field: 'preferences', value: { preferences: ['learning_goal'] }, text: 'learning_goal' },
    { field: 'subject', value: { subject: 'Linear algebra' }, text: 'Linear algebra' },
  ])
})

it('offers nothing where a file says what the form says', () => {
  expect(declaredFields({ version: 1, lesson: 'main' }, fileUrl, draft)).toEqual([])
})
