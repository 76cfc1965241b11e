import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { isLessonUrl, matchesPattern, PublicSite, publicSite, Site } from './sites.ts'

describe('site patterns', () => {
  it.each([
    ['https://doc.rust-lang.org/book/*', 'https://doc.rust-lang.org/book/ch04-01.html?x#y', true],
    ['https://doc.rust-lang.org/book/*', 'https://doc.rust-lang.org/std/', false],
    ['https://doc.rust-lang.org/book/*', 'http://doc.rust-lang.org/book/x', false],
    ['https://doc.rust-lang.org/book/*', 'https://evil.org/https://doc.rust-lang.org/book/', false],
    ['https://a.org/*/lessons/*.html', 'https://a.org/en/lessons/one/two.html', true],
    ['https://a.org/*/lessons/*.html', 'https://a.org/lessons/two.html', false],
    ['https://a.org/aa*aa', 'https://a.org/aaa', false],
    ['https://a.org/x', 'https://a.org/x', true],
    ['http://localhost:8788/*', 'http://localhost:8788/', true],
    ['http://localhost:8788/*', 'http://localhost:8789/', false],
    ['https://a.org.evil/*', 'https://a.org/', false],
    ['*', 'https://a.org/', false],
  ])('%s on %s: %s', (pattern, url, expected) => {
    expect(matchesPattern(pattern, url)).toBe(expected)
  })
})

describe('a site', () => {
  const site: Site = { id: 'book', name: 'Book', patterns: ['https://a.org/*'], policy: 'deny' }
  const check = Compile(Site)

  it('has lessons on all its pages, or where it says so', () => {
    expect(isLessonUrl(site, 'https://a.org/about')).toBe(true)
    const lesson_urls = ['https://a.org/lessons/*', 'https://a.org/intro']
    expect(isLessonUrl({ lesson_urls }, 'https://a.org/lessons/1')).toBe(true)
    expect(isLessonUrl({ lesson_urls }, 'https://a.org/intro')).toBe(true)
    expect(isLessonUrl({ lesson_urls }, 'https://a.org/about')).toBe(false)
  })

  it('is public without what only prompts and staff need', () => {
    const all = { ...site, glossary: [{ term: 'loop' }], daily_token_budget: 5, denied_reason: 'No.' }
    expect(check.Check(all)).toBe(true)
    expect(publicSite(all)).toEqual({ ...site, denied_reason: 'No.' })
    expect(Compile(PublicSite).Check(publicSite(all))).toBe(true)
  })

  it.each([
    ['Our publisher does not allow it.', true],
    ['ہم اس کی اجازت نہیں دیتے می\u200cشود', true],
    ['x'.repeat(301), false],
    ['', false],
    ['two\nlines', false],
    ['turned \u202Earound', false],
  ])('may deny rewrites in the words %j: %s', (denied_reason, expected) => {
    expect(check.Check({ ...site, denied_reason })).toBe(expected)
  })
})
