import { describe, expect, it } from 'vitest'
import { matchesPattern } from './sites.ts'

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
