import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiAnswers, answersOfApi } from './attacks/answers-of-api.ts'
import type { AttackResult } from './attacks/attack-page.ts'
import { type AttackedBrowser, attackedBrowsers } from './attacks/attacked-browsers.ts'
import { ownPayloads, publicPayloads } from './attacks/payloads.ts'

/** So many characters are asked of a browser at once: no call takes more than seconds, also on a busy machine. */
const batch = 1500
/** So many prefixes of a payload go through the API; all of them go to each browser. */
const cutsOfEach = 4
/** A test has ten minutes: at all prefixes, the payloads need a good one where nothing else runs, ten where much does. */
const parts = 4

const payloads = [...publicPayloads(), ...ownPayloads]

/** What the API lets through of them, whole and cut off: asked for once, shown in both browsers. */
let fromApi: ApiAnswers
beforeAll(async () => {
  fromApi = await answersOfApi([...payloads, ...cutOff(payloads)])
}, 600_000)

it('lets nothing through the API but words, code and formulas', () => {
  const { asked, states, texts, strange } = fromApi
  console.warn(
    `API: ${payloads.length} payloads, ${asked} answers with them, whole and at ${cutsOfEach} of their prefixes, in every kind of block: ${JSON.stringify(states)}; ${texts.length} texts let through`,
  )
  expect(strange).toEqual([])
  expect(texts.length).toBeGreaterThan(100)
})

describe.each(attackedBrowsers)('what a model writes, in $name', ({ name, start }) => {
  let browser: AttackedBrowser
  beforeAll(async () => {
    browser = await start()
  })
  afterAll(() => browser?.close())

  async function run(payloads: string[], how: { whole: boolean; rtl: boolean }): Promise<AttackResult> {
    const whole: AttackResult = { texts: 0, shown: 0, typeset: 0, strange: [], fired: [] }
    for (const texts of batches(payloads)) {
      const result = await browser.run(texts, how)
      whole.texts += result.texts
      whole.shown += result.shown
      whole.typeset += result.typeset
      whole.strange.push(...result.strange)
      whole.fired = result.fired
      if (whole.strange.length > 0) break
    }
    return whole
  }

  it('what the API lets through of them', async () => {
    const { texts } = fromApi
    for (const rtl of [false, true]) {
      const { shown, strange, fired } = await run(texts, { whole: true, rtl })
      console.warn(`${name}: ${texts.length} texts of the API, in ${shown} places`)
      expect({ strange, fired, requests: browser.requests() }).toEqual({
        strange: [],
        fired: [],
        requests: [],
      })
    }
  })

  it.each([
    ...Array.from({ length: parts }, (_, part) => ({ part, how: { whole: false, rtl: false } })),
    { part: undefined, how: { whole: true, rtl: true } },
  ])('every payload, part $part, $how', async ({ part, how }) => {
    const some = payloads.filter((_, i) => part === undefined || i % parts === part)
    const started = Date.now()
    const { texts, shown, typeset, strange, fired } = await run(some, how)
    const seconds = Math.round((Date.now() - started) / 1000)
    const what = how.whole ? 'whole, from right to left' : 'at every prefix'
    console.warn(
      `${name}: ${some.length} of ${payloads.length} payloads ${what}: ${texts} texts in ${shown} places, ${typeset} formulas typeset, ${seconds} s`,
    )
    expect({ strange, fired, requests: browser.requests() }).toEqual({ strange: [], fired: [], requests: [] })
    expect(texts).toBe(how.whole ? some.length : some.join('').length)
  })
})

/** Of each payload, where marks of HTML, Markdown, TeX or the notation begin or end; of many, some. */
function cutOff(whole: readonly string[]): string[] {
  return whole.flatMap((payload) => {
    const ends = [...payload.matchAll(/[<>"'`()[\]{}$*\\:\n]/g)].map(({ index }) => index + 1)
    const step = Math.max(1, ends.length / cutsOfEach)
    const some = Array.from(
      { length: Math.min(cutsOfEach, ends.length) },
      (_, i) => ends[Math.floor(i * step)],
    )
    return some.map((end) => payload.slice(0, end))
  })
}

function batches(payloads: readonly string[]): string[][] {
  const all: string[][] = [[]]
  let length = 0
  for (const payload of payloads) {
    if (length > 0 && length + payload.length > batch) {
      all.push([])
      length = 0
    }
    length += payload.length
    all.at(-1)?.push(payload)
  }
  return all
}
