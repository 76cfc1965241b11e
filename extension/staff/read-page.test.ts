// @vitest-environment jsdom
import { Value } from 'typebox/value'
import { expect, it } from 'vitest'
import { PageSummary, summaryLimits } from './page-summary.ts'
import { type PageWarning, warningsOf, warningText } from './page-warnings.ts'
import { readPage } from './read-page.ts'

const words = (count: number) => 'word '.repeat(count).trim()
const prose = `<p>${words(90)}</p><p>${words(90)}</p>`

function read(markup: string, rules = {}) {
  const page = new DOMParser().parseFromString(
    `<!doctype html><html lang="en"><title>Loops - A book</title><body>${markup}`,
    'text/html',
  )
  const summary = readPage(page, 'https://a.example/loops', rules)
  expect(Value.Check(PageSummary, summary)).toBe(true)
  return summary
}

it('counts what is taken, in its order', () => {
  const page = read(
    `<div id="x"><h1>Loops</h1><p>${words(40)} <math><mi>x</mi></math></p><pre><code>for</code></pre>
     <p class="aim">${words(40)}</p><p class="ad">${words(9)}</p><figure><img src="a.png" alt="A loop"></figure></div>`,
    { lesson: '#x', ignore: ['.ad'], keep: ['.aim'] },
  )
  expect(page.blocks.map(({ kind, keep }) => [kind, keep])).toEqual([
    ['heading', false],
    ['paragraph', false],
    ['code', false],
    ['paragraph', true],
    ['figure', false],
  ])
  expect(page).toMatchObject({ title: 'Loops', language: 'en', words: 82, code: 1, formulas: 1, figures: 1 })
  expect(page).not.toHaveProperty('family')
})

it('shows the first blocks of a long page', () => {
  const page = read(`<main>${'<p>A sentence that is long enough to count here.</p>'.repeat(500)}</main>`)
  expect([page.block_count, page.blocks.length]).toEqual([500, summaryLimits.blocks])
})

it.each<[PageWarning[], string, object]>([
  [[], `<main><h1>Loops</h1>${prose}</main>`, {}],
  [['no_lesson'], '<p>short</p>', {}],
  [['no_lesson'], `<main>${prose}</main>`, { lesson: '#elsewhere' }],
  [['login'], '<form><input type="password"></form>', {}],
  [[], `<form><input type="password"></form><main><h1>Loops</h1>${prose}</main>`, {}],
  [['very_large'], `<main><p>${words(90)}</p>${'<i></i>'.repeat(20_001)}</main>`, { lesson: 'main' }],
  [['no_headings'], `<main>${prose}${prose}</main>`, {}],
  [['little_text'], `<main><h1>Loops</h1><p>${words(20)}</p></main>`, { lesson: 'main' }],
  [['no_language'], `<main lang=""><h1>Loops</h1>${prose}</main>`, {}],
])('warns of %j', (expected, markup, rules) => {
  const page = read(markup, rules)
  expect(warningsOf(page, {})).toEqual(expected)
  for (const warning of expected) expect(warningText(warning, page)).toMatch(/\.$/)
})

it('warns of formulas without their source, and needs no language where staff say it', () => {
  const svg = '<mjx-container><svg></svg><mjx-assistive-mml>x</mjx-assistive-mml></mjx-container>'
  const page = read(`<main lang=""><h1>Loops</h1>${prose}<p>Here ${svg} stands.</p></main>`)
  expect(warningsOf(page, { language: 'en' })).toEqual(
    page.formulas_without_tex > 0 ? ['formulas_without_tex'] : [],
  )
  expect(page.formulas_without_tex).toBe(1)
})
