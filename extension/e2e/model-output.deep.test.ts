import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AttackResult } from './attacks/attack-page.ts'
import { type AttackedBrowser, attackedBrowsers } from './attacks/attacked-browsers.ts'
import { ownPayloads, publicPayloads } from './attacks/payloads.ts'

/** So many characters are asked of a browser at once: no call takes more than seconds, also on a busy machine. */
const batch = 1500

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

  it.each([
    ['every prefix of every payload, from left to right', { whole: false, rtl: false }],
    ['every payload, from right to left', { whole: true, rtl: true }],
  ])('%s', async (what, how) => {
    const payloads = [...publicPayloads(), ...ownPayloads]
    const started = Date.now()
    const { texts, shown, typeset, strange, fired } = await run(payloads, how)
    const seconds = Math.round((Date.now() - started) / 1000)
    console.warn(
      `${name}, ${what}: ${payloads.length} payloads, ${texts} texts in ${shown} places, ${typeset} formulas typeset, ${seconds} s`,
    )
    expect({ strange, fired, requests: browser.requests() }).toEqual({ strange: [], fired: [], requests: [] })
    expect(texts).toBe(how.whole ? payloads.length : payloads.join('').length)
  })
})

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
