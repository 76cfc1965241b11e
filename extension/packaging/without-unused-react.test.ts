import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { expect, it } from 'vitest'
import { withoutUnusedReact } from './without-unused-react.ts'

const file = fileURLToPath(
  new URL('cjs/react-dom-client.production.js', import.meta.resolve('react-dom/package.json')),
)
const transform = withoutUnusedReact().transform as (
  this: void,
  code: string,
  id: string,
) => ReturnType<Extract<NonNullable<Plugin['transform']>, (...args: never[]) => unknown>>

it('leaves what shows an element; takes what is for servers and refs of fragments, and what loads', async () => {
  const { code } = transform(await readFile(file, 'utf8'), file) as { code: string }
  expect(code).toMatch(/^exports\.createRoot = /m)
  expect(code).toMatch(/ReactDOMRoot\.prototype\.render =/)
  expect(code).not.toMatch(/hydrateRoot =|FragmentInstance\.prototype/)
  expect(code.match(/\{ refuseLoading\(\) \}/g)).toHaveLength(8)
})

it('is not silent about another React, and leaves other files alone', () => {
  expect(() => transform('exports.hydrateRoot = function () {}', file)).toThrow(
    '1 statements that nothing here uses, not 21',
  )
  expect(transform('exports.hydrateRoot = () => {}', 'other.js')).toBeUndefined()
})
