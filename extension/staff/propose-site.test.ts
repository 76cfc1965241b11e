import { matchesPattern, Site } from '@lectern/shared'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { proposeId, proposeName, proposePatterns, proposeSite } from './propose-site.ts'

describe('the patterns of a page', () => {
  it.each([
    ['https://doc.rust-lang.org/book/ch04-01.html', 'https://doc.rust-lang.org/book/*'],
    ['https://algebra.example.edu/loops.html?x=1#y', 'https://algebra.example.edu/*'],
    ['https://book.readthedocs.io/en/latest/intro.html', 'https://book.readthedocs.io/en/latest/*'],
    ['https://site.example/en/v2.1/physics/waves/one', 'https://site.example/en/v2.1/physics/*'],
    ['http://localhost:8790/plain/loops.html', 'http://localhost:8790/plain/*'],
    ['https://site.example', 'https://site.example/*'],
  ])('%s', (url, first) => {
    const proposed = proposePatterns(url)
    expect(proposed[0]).toBe(first)
    expect(proposed.every((pattern) => matchesPattern(pattern, url))).toBe(true)
    expect(new Set(proposed).size).toBe(proposed.length)
  })

  it.each(['chrome://extensions/', 'about:blank', 'file:///book.html', ''])('%j has none', (url) => {
    expect(proposePatterns(url)).toEqual([])
  })
})

it('names a textbook by the end of its pages’ titles', () => {
  expect(proposeName('Loops - Introduction to Python', 'https://a.example/')).toBe('Introduction to Python')
  expect(proposeName('Well-known sorts', 'https://a.example/')).toBe('Well-known sorts')
  expect(proposeName('  ', 'https://a.example/x')).toBe('a.example')
})

it('gives an id that is free, also to a name in another script', () => {
  expect(proposeId('Études de l’été', 'https://a.example/', [])).toBe('etudes-de-l-ete')
  expect(proposeId('الجبر', 'https://algebra.example/', [])).toBe('algebra-example')
  expect(proposeId('Loops', 'https://a.example/', ['loops', 'loops-2'])).toBe('loops-3')
})

it('proposes what the API’s schema takes', () => {
  const page = { url: 'https://a.example/book/x.html', title: `x | ${'long '.repeat(60)}` }
  expect(Value.Check(Site, proposeSite(page, []))).toBe(true)
})
