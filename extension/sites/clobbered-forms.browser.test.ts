import { afterAll, beforeAll, expect, it } from 'vitest'
import { ChromiumPages } from '../rendering/testing/chromium-page.ts'

let pages: ChromiumPages
beforeAll(async () => {
  pages = await ChromiumPages.launch('sites/testing/recognizing-page.ts')
}, 60_000)
afterAll(() => pages?.close())

const words =
  'A list holds values in their order, and grows at its end where there is room for one more of them.'
const lesson = `<main><article><h1>Lists</h1>${`<p>${words}</p>`.repeat(8)}</article></main>`

function recognized(names: string[], root = 'article') {
  const form = `<form>${names.map((name) => `<input name="${name}">`).join('')}<p>${words}</p></form>`
  const html = `<!doctype html><html lang="en"><body>${lesson.replace(`</${root}>`, `${form}</${root}>`)}`
  return pages.open(html).then(async (page) => {
    const found = await page.evaluate(() => window.recognizing())
    await page.close()
    return found
  })
}

it('takes no page for a lesson whose forms hide what elements have: a walk through it would not end', async () => {
  for (const name of [
    'parentElement',
    'nextElementSibling',
    'parentNode',
    'childNodes',
    'getAttribute',
    'closest',
  ])
    expect([name, await recognized([name])]).toEqual([name, { lesson: false, blocks: 0 }])
  expect(await recognized(['firstElementChild', 'nextSibling'], 'main')).toEqual({ lesson: false, blocks: 0 })
})

it('reads a lesson with a form whose fields have names that forms have', async () => {
  const names = [
    'id',
    'name',
    'title',
    'action',
    'method',
    'style',
    'children',
    'before',
    'after',
    'lang',
    'role',
  ]
  expect(await recognized(names)).toEqual({ lesson: true, blocks: 10 })
})
