import { expect, it } from 'vitest'
import { lessonAddress } from './lesson-address.ts'

it.each([
  ['https://x.example/book/loops.html#part', 'x.example/book/loops'],
  ['https://x.example/book/loops?tab=python', 'x.example/book/loops'],
  ['https://x.example/book/loops/', 'x.example/book/loops'],
  ['https://x.example/book/loops/index.html', 'x.example/book/loops'],
  ['http://localhost:8788/', 'localhost:8788'],
  ['https://x.example/my-index.html', 'x.example/my-index'],
  ['https://x.example/mod/page/view.php?id=7', 'x.example/mod/page/view.php?id=7'],
  ['https://x.example/#/loops?id=part', 'x.example#/loops'],
  [`https://x.example/${'a'.repeat(400)}b`, `${'a'.repeat(299)}b`],
  ['about:blank', undefined],
  ['no address', undefined],
])('%s is the lesson %s', (url, expected) => {
  expect(lessonAddress(url)).toBe(expected)
})
