import { expect, it } from 'vitest'
import { siteRulesOf } from './site-rules-of.ts'

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
