import { proseKinds } from '@lectern/shared'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AttackedBrowser, attackedBrowsers } from './attacks/attacked-browsers.ts'
import { ownPayloads, publicPayloads } from './attacks/payloads.ts'

/** One of so many public payloads; all of them, at each of their prefixes, are tried by model-output.deep.test.ts. */
const oneOf = 20

describe.each(attackedBrowsers)('what a model writes, in $name', ({ name, start }) => {
  let browser: AttackedBrowser
  beforeAll(async () => {
    browser = await start()
  })
  afterAll(() => browser?.close())

  it('is shown in blocks of every kind', async () => {
    expect(await browser.kinds()).toEqual([...proseKinds].sort())
  })

  it.each([
    ['from left to right', false],
    ['from right to left', true],
  ])('is text, the author’s own elements and formulas, %s', async (_, rtl) => {
    const all = publicPayloads()
    const sample = [...all.filter((__, i) => i % oneOf === 0), ...ownPayloads]
    const { texts, shown, typeset, strange, fired } = await browser.run(sample, { whole: true, rtl })
    console.warn(
      `${name}: ${texts} of ${all.length + ownPayloads.length} payloads, whole, in ${shown} places`,
    )
    expect({ strange, fired, requests: browser.requests() }).toEqual({ strange: [], fired: [], requests: [] })
    expect(typeset).toBeGreaterThan(0)
  })
})
