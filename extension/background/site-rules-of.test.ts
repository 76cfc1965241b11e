import { expect, it } from 'vitest'
import { isOnRequest, siteRulesOf } from './site-rules-of.ts'

const site = {
  lesson: 'main',
  ignore: ['nav'],
  keep: ['.goals'],
  lesson_urls: ['https://book.example/lessons/*'],
}

it('tells a page where its lesson stands, and that it is none where the staff list lessons elsewhere', () => {
  const rules = { lesson: 'main', ignore: ['nav'], keep: ['.goals'] }
  expect(siteRulesOf(site, 'https://book.example/lessons/1')).toEqual(rules)
  expect(siteRulesOf(site, 'https://book.example/about')).toEqual({ ...rules, elsewhere: true })
  expect(siteRulesOf({}, 'https://book.example/about')).toEqual({})
  expect(siteRulesOf(undefined, 'https://book.example/about')).toEqual({})
})

it('says that lessons are shown on request: by the word of staff, else by that of the site itself', () => {
  const declared = { url: 'https://book.example/lectern.json', file: { policy: 'on_request' as const } }
  expect(siteRulesOf({ policy: 'on_request' }, 'https://book.example/')).toEqual({ on_request: true })
  expect(siteRulesOf(undefined, 'https://book.example/', declared)).toEqual({ on_request: true })
  expect(isOnRequest({ policy: 'allow' }, declared)).toBe(false)
  expect(isOnRequest(undefined, undefined)).toBe(false)
})
