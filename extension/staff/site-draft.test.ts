import { Site } from '@lectern/shared'
import { expect, it } from 'vitest'
import { draftOf, problemOfFailure, problemsOf, siteOfDraft } from './site-draft.ts'

const site: Site = {
  id: 'loops',
  name: 'Loops',
  patterns: ['https://a.example/loops/*', 'https://b.example/*'],
  lesson: '#content',
  ignore: ['.pager', 'nav'],
  keep: ['.objectives'],
  subject: 'Computer science',
  language: 'en',
  policy: 'on_request',
  lesson_urls: ['https://a.example/loops/ch-*'],
  denied_reason: 'The author does not wish it.',
  owner_agreed: true,
  text_check: 'networks',
  daily_token_budget: 50_000,
  preferences: ['programming_experience'],
  additions: ['example', 'check'],
  glossary: [
    { term: 'base case', translations: { ur: 'بنیادی صورت', de: 'Basisfall' } },
    { term: 'recursion' },
  ],
}

it('shows every field of a site, and gives the same site again', () => {
  expect(Object.keys(draftOf(site)).sort()).toEqual(Object.keys(Site.properties).sort())
  expect(siteOfDraft(draftOf(site))).toEqual(site)
})

it('leaves out what is empty, and keeps what the form does not show', () => {
  const plain: Site = { id: 'a', name: 'A', patterns: ['https://a.example/*'], policy: 'allow' }
  expect(siteOfDraft({ ...draftOf(plain), patterns: ' https://a.example/* \n\n' })).toEqual(plain)
  expect(siteOfDraft(draftOf(plain), { ...plain, daily_tokens: 5 } as Site)).toEqual({
    ...plain,
    daily_tokens: 5,
  })
})

it('names each field that the schema does not take, with its line', () => {
  expect(problemsOf(site)).toEqual([])
  const wrong = { ...draftOf(site), id: 'A B', patterns: '', glossary: 'fine\nbad; term = ur: x' }
  expect(problemsOf(siteOfDraft(wrong))).toEqual(
    expect.arrayContaining([{ field: 'id' }, { field: 'patterns' }, { field: 'glossary', line: 2 }]),
  )
  expect(problemsOf(siteOfDraft({ ...draftOf(site), glossary: 'loop = xx: y' }))).toEqual([
    { field: 'glossary', line: 1 },
  ])
})

it('puts the API’s answer at its field', () => {
  const message = 'patterns.1 must begin with https://'
  const failure = { error: 'validation_failed', message, detail: 'patterns.1' } as const
  expect(problemOfFailure(failure)).toEqual({ field: 'patterns', line: 2, message })
  expect(problemOfFailure({ error: 'site_exists', message: 'taken', detail: 'id' })).toEqual({
    field: 'id',
    message: 'taken',
  })
  expect(problemOfFailure({ error: 'validation_failed', message: '', detail: 'body' })).toBeUndefined()
})
