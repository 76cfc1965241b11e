import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forgeMessages } from './attacks/forged-messages.ts'
import { type AttackingBook, attackPage, serveAttacks } from './attacks/serve-attacks.ts'
import { browsersUnderTest } from './browsers-under-test.ts'
import type { Learner } from './learner.ts'
import { startStack } from './stack.ts'

const patient = { timeout: 30_000, interval: 100 }
const elsewhere = 'https://other.example/'

/** What the hostile page keeps of its attempts, and the attempts (attacks/hostile-lesson.html). */
declare global {
  interface Window {
    loot: Record<'ran' | 'roots' | 'paths' | 'answers' | 'calls', string[]>
    readTabs(): Record<string, unknown> & { finds: Record<string, string> }
    pressTabs(): void
    forge(extension: string): string
    probe(origin: string): Promise<string[]>
    mutate(): () => void
    endMutation?: () => void
    inFrame(): number[]
    /** What ran on the page with a policy. */
    fired: string[]
  }
}

/** Nothing of what stands in the closed root. */
const nothing = {
  shadowRoot: false,
  attached: false,
  slot: false,
  text: '',
  all: false,
  points: 0,
  active: false,
  own: 0,
  html: '',
}

describe.each(browsersUnderTest)('a hostile page, in $name', ({ name, build, start }) => {
  let learner: Learner
  let book: AttackingBook
  let lesson: string

  beforeAll(async () => {
    learner = await start(await startStack(build))
    await learner.answer()
    const policy = { 'content-security-policy': "script-src 'nonce-own'" }
    book = await serveAttacks({
      '/lesson.html': { body: attackPage('hostile-lesson.html') },
      '/frame.html': { body: attackPage('frame.html') },
      '/policy.html': { body: attackPage('policy-lesson.html'), headers: policy },
    })
    lesson = `${book.url}/lesson.html`
    await learner.open(lesson)
  })
  afterAll(async () => {
    await learner?.close()
    await book?.close()
  })

  const says = (said: RegExp) => expect.poll(() => learner.status(), patient).toMatch(said)
  const asked = () => learner.stack.model.requests
  const loot = () => learner.evaluate(() => window.loot)
  const read = () => learner.evaluate(() => window.readTabs())
  const press = () => learner.evaluate(() => window.pressTabs())
  const toLesson = () => expect.poll(() => learner.goTo(/\/lesson\.html$/), patient).toBe(true)

  it('gets the tabs, whatever its elements are called, its scripts replaced and its marks look like', async () => {
    await expect.poll(() => learner.bars(), patient).toBe(1)
    expect(await learner.selected()).toBe('Original')
    expect(await learner.evaluate(() => window.inFrame())).toEqual([0])
  })

  it('reads nothing of them but the words that the browser itself finds, and starts nothing', async () => {
    const { finds, reached, ...seen } = await read()
    expect(seen).toEqual(nothing)
    // Firefox names the node that it found, and with it the closed root (seen in Firefox 153).
    expect({ finds, reached }).toMatchObject({ reached: name === 'Firefox' })
    await press()
    expect(await learner.selected()).toBe('Original')
    expect(asked()).toEqual([])
  })

  it('gets no answer to forged messages, and finds no file of the extension', async () => {
    const origin = await learner.ownPage('')
    await learner.evaluate((id) => window.forge(id), new URL(origin).host)
    expect(await learner.evaluate((from) => window.probe(from), origin)).toEqual([])
    expect(await learner.selected()).toBe('Original')
    expect(asked()).toEqual([])
    expect((await loot()).answers).toEqual([])
  })

  it('is personalized by its learner’s click alone, which it cannot follow into the tabs', async () => {
    await learner.clickInBar('Personalized')
    await says(/rewritten/)
    expect(asked()).toHaveLength(1)
    expect(asked().join()).not.toContain('HIDDEN')
    const { paths, roots, calls, ran } = await loot()
    expect({ paths, roots, calls }).toEqual({ paths: [], roots: [], calls: [] })
    // Its own image, in the lesson and in the copy of it.
    expect([...new Set(ran)]).toEqual(['own image'])
  })

  it('cannot flip, report or ask again', async () => {
    const { finds: _, reached: __, ...seen } = await read()
    expect(seen).toEqual(nothing)
    const status = await learner.status()
    await press()
    expect(await learner.selected()).toBe('Personalized')
    expect(await learner.status()).toBe(status)
    expect(asked()).toHaveLength(1)
  })

  it('keeps its own elements in the copy, without the marks that are ours', async () => {
    const marks = await learner.evaluate(() => {
      const copies = [...document.querySelectorAll('[data-lectern-clone] [data-fake]')]
      return copies.map((copy) => [
        copy.getAttribute('data-fake'),
        copy
          .getAttributeNames()
          .filter((one) => one !== 'data-lectern-arrived' && one.startsWith('data-lectern')),
      ])
    })
    expect(marks).toEqual([
      ['addition', []],
      ['hidden', []],
    ])
  })

  it('shows Original while it changes without end', async () => {
    await learner.evaluate(() => {
      window.endMutation = window.mutate()
    })
    await expect.poll(() => learner.bars(), patient).toBe(1)
    await learner.clickInBar('Original')
    await expect.poll(() => learner.selected(), patient).toBe('Original')
    await learner.evaluate(() => window.endMutation?.())
    const left = '[data-lectern-clone], [data-lectern-hidden]'
    expect(await learner.evaluate((ours) => document.querySelectorAll(ours).length, left)).toBe(0)
  })

  describe('that has taken over the process of its content scripts', () => {
    let forged: Awaited<ReturnType<typeof forgeMessages>>
    let kept: string

    beforeAll(async () => {
      const options = await learner.ownPage('options.html')
      await learner.open(options)
      forged = await learner.evaluate(forgeMessages, lesson, elsewhere)
      kept = await learner.evaluate(async () => {
        type Extension = { storage: { local: { get(): Promise<object> } } }
        const world = globalThis as unknown as { browser?: Extension; chrome: Extension }
        return JSON.stringify(await (world.browser ?? world.chrome).storage.local.get())
      })
    })

    it('is answered what a content script may ask, and nothing else', () => {
      const { 'what it may ask': allowed, 'another site': reading, ...others } = forged[0]?.replies ?? {}
      expect(allowed).toMatchObject({ ok: true, answer: { allowed: true } })
      expect([...new Set(Object.values(others))]).toEqual(['no reply'])
      expect(Object.keys(others)).toHaveLength(18)
      expect(reading).toMatchObject({ ok: true })
    })

    it('is answered by sentences where its question is none', () => {
      const { 'another site and learner': _, ...others } = forged[0]?.ports ?? {}
      for (const [asked, events] of Object.entries(others))
        expect([asked, events]).toMatchObject([
          asked,
          [{ type: 'failed', failure: { error: 'validation_failed' } }],
        ])
    })

    it('speaks for its own address alone, whatever its messages name', () => {
      const events = forged[0]?.ports['another site and learner'] as { type: string }[]
      expect([events[0]?.type, events.at(-1)?.type]).toEqual(['plan', 'done'])
      expect(kept).toContain(new URL(lesson).origin)
      expect(kept).not.toContain('other.example')
      expect(kept).not.toContain('00000000-0000-4000-8000')
    })

    it('is told neither who its learner is nor where the API is', async () => {
      const { user_id } = (JSON.parse(kept) as { learner: { user_id: string } }).learner
      expect(user_id).toMatch(/^[0-9a-f-]{36}$/)
      const told = JSON.stringify(forged)
      for (const secret of [user_id, new URL(learner.stack.api.url).host, 'preferred_language'])
        expect(told).not.toContain(secret)
      expect(forged[0]?.storage).toBe(name === 'Chromium' ? 'closed' : 'open: true')
      expect(forged[0]?.globals).toEqual([
        'lecternBar: object',
        'lecternLessonView: boolean',
        'lecternRecognizer: object',
      ])
    })

    it('has no voice in a frame', () => {
      const { replies = {}, ports = {} } = forged[1] ?? {}
      expect([...new Set(Object.values(replies))]).toEqual(['no reply'])
      expect([...new Set(Object.values(ports).map((events) => events.join()))]).toEqual(['closed'])
    })
  })

  it.each([
    'options.html?next=javascript:alert(1)#<img src=x onerror=alert(1)>',
    'options.html#javascript:alert(1)',
    'popup.html?tab=<script>alert(1)</script>&url=javascript:alert(1)',
    'onboarding.html?lesson=javascript:alert(1)&course=javascript:alert(1)',
    'onboarding.html?lesson=https://evil.example/&course=//evil.example/course/%3Cimg%20src=x%20onerror=alert(1)%3E&return=https://evil.example/',
    'staff.html?tab=javascript:alert(1)#/site/<img src=x onerror=alert(1)>',
    'staff.html?tab=-1#/../../https://evil.example/',
  ])('leads into no page of the extension by its address: %s', async (address) => {
    const url = await learner.ownPage(address)
    await learner.open(url)
    const page = () =>
      learner.evaluate(() => ({
        origin: location.origin,
        isShown: document.querySelector('main') !== null,
        strange: [...document.querySelectorAll('*')].flatMap((element) =>
          element.getAttributeNames().flatMap((attribute) => {
            const value = element.getAttribute(attribute) ?? ''
            const leads = /^(?:href|src|action|formaction|srcdoc|data)$/.test(attribute)
            const isOwn = /^(?:[#/.]|chrome-extension:|moz-extension:|https?:\/\/localhost)/.test(value)
            return attribute.startsWith('on') || (leads && !isOwn)
              ? [`${element.localName} ${attribute}=${value}`]
              : []
          }),
        ),
        scripts: [...document.scripts].filter(({ src }) => src === '').length,
      }))
    await expect
      .poll(page, patient)
      .toEqual({ origin: /^[^/]+\/\/[^/]+/.exec(url)?.[0], isShown: true, strange: [], scripts: 0 })
  })

  it('runs nothing in the copy that its policy refuses', async () => {
    await learner.open(`${book.url}/policy.html`)
    await expect.poll(() => learner.bars(), patient).toBe(1)
    await learner.clickInBar('Personalized')
    await says(/rewritten/)
    for (const words of ['p:nth-of-type(2)', 'h1', 'a']) await learner.click(`[data-lectern-clone] ${words}`)
    expect(await learner.evaluate(() => window.fired)).toEqual([])
  })

  it('is left as it is', async () => {
    await toLesson()
    expect(await learner.selected()).toBe('Original')
    const { answers, paths, roots, calls, ran } = await loot()
    expect([answers, paths, roots, calls].flat()).toEqual([])
    expect([...new Set(ran)]).toEqual(['own image'])
    // Beside its own, the files by which a textbook's owner tells what may be done with it.
    const known =
      /^\/(?:(?:lesson|frame|policy)\.html|missing\.png|favicon\.ico|robots\.txt|\.well-known\/\w+\.json)$/
    expect(book.asked.filter((path) => !known.test(path))).toEqual([])
  })
})
