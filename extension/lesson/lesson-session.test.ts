// @vitest-environment jsdom
import { emptyReceipt, type MathNode } from '@lectern/shared'
import { typesetTex } from '@lectern/shared/typesetting'
import { expect, it, vi } from 'vitest'
import type { LessonEvent } from '../messaging/lesson-protocol.ts'
import { extractMarked } from '../rendering/testing/extract-marked.ts'
import { LessonSession } from './lesson-session.ts'
import { ScriptedServices } from './testing/scripted-services.ts'

const plan: LessonEvent = { type: 'plan', prose_blocks: 3, language: 'en', direction: 'ltr' }
const block = (index: number, inline: string): LessonEvent => ({
  type: 'block',
  index,
  status: 'rewritten',
  inline,
})
const done: LessonEvent = {
  type: 'done',
  receipt: { ...emptyReceipt, rewritten: 3 },
  model: 'M',
  cached: false,
  generated_at: '2026-11-20T12:00:00Z',
}
const failed: LessonEvent = {
  type: 'failed',
  failure: { error: 'upstream_failed', message: 'The model did not answer. Try again.' },
}

const blocks = [
  ['h1', 'heading', 'Title'],
  ['p', 'paragraph', 'One.'],
  ['p', 'paragraph', 'Two.'],
] as const

function open({ wide = 0, deep = 0 } = {}) {
  document.documentElement.lang = 'en'
  const article = document.createElement('article')
  for (let i = 0; i < wide; i++) article.append(document.createElement('hr'))
  let deepest: Element = article
  for (let i = 0; i < deep; i++) deepest = deepest.appendChild(document.createElement('div'))
  for (const [name, kind, text] of blocks) {
    const element = document.createElement(name)
    element.setAttribute('data-block', kind)
    element.textContent = text
    article.append(element)
  }
  document.body.replaceChildren(article)
  const services = new ScriptedServices()
  const { streams } = services
  const extract = vi.fn(() => extractMarked(article))
  const session = new LessonSession(article, extract, services)
  const send = async (...events: (LessonEvent | 'end')[]) => {
    streams.at(-1)?.send(...events)
    await new Promise((resolve) => setTimeout(resolve))
  }
  const personalized = () => session.store.getState().personalized
  const shownText = () => session.shown.textContent
  return { session, services, extract, streams, send, personalized, shownText }
}

it('asks at the first look, shows blocks as they come, and keeps them for the next look', async () => {
  const { session, streams, send, personalized, shownText } = open()
  expect(streams.length).toBe(0)
  session.select('personalized')
  session.select('personalized')
  expect(shownText()).toBe('TitleOne.Two.')
  await send(plan, block(1, 'Uno.'))
  expect(personalized()).toEqual({ status: 'streaming', done: 1, total: 3 })
  expect(shownText()).toBe('TitleUno.Two.')
  session.select('original')
  expect(shownText()).toBe('TitleOne.Two.')
  await send(block(2, 'Due.'), block(0, 'Titolo'), done)
  expect(personalized()).toMatchObject({
    status: 'ready',
    receipt: { rewritten: 3 },
    provenance: { model: 'M' },
  })
  session.select('personalized')
  expect(shownText()).toBe('TitoloUno.Due.')
  expect(streams.length).toBe(1)
})

it('reads the lesson as it is at the first look, and again when the preferences changed', async () => {
  const { session, extract, send, shownText } = open()
  expect(extract).not.toHaveBeenCalled()
  ;(document.querySelector('p') as Element).textContent = 'Hydrated.'
  session.select('personalized')
  await send(plan, block(2, 'Due.'))
  expect(shownText()).toBe('TitleHydrated.Due.')
  session.select('original')
  session.select('personalized')
  expect(extract).toHaveBeenCalledTimes(1)
  session.invalidate()
  expect(extract).toHaveBeenCalledTimes(2)
})

it('keeps what arrived before a failure, and asks again on Retry and on the next look', async () => {
  const { session, streams, send, personalized, shownText } = open()
  session.select('personalized')
  await send(plan, block(1, 'Uno.'), { type: 'addition', after: 1, kind: 'example', inline: 'e' }, failed)
  expect(personalized()).toMatchObject({ status: 'failed', failure: { error: 'upstream_failed' } })
  expect(shownText()).toBe('TitleUno.ExampleeTwo.')
  expect(document.querySelector('[data-lectern-pending]')).toBeNull()
  session.ask()
  await send(plan, block(1, 'Uno!'), { type: 'addition', after: 1, kind: 'example', inline: 'e' })
  expect(shownText()).toBe('TitleUno!ExampleeTwo.')
  expect(personalized()).toEqual({ status: 'streaming', done: 1, total: 3 })
  await send(failed)
  session.select('original')
  session.select('personalized')
  expect(streams.length).toBe(3)
})

it('shows formulas that the page has not as they were typeset, others as their TeX', async () => {
  const { session, send } = open()
  session.select('personalized')
  const inline = 'That is $\\frac{1}{2}$, no $\\foo$.'
  await send(
    plan,
    { type: 'formula', tex: '\\frac{1}{2}', math: typesetTex('\\frac{1}{2}') as MathNode },
    { type: 'addition', after: 1, kind: 'example', inline },
    block(2, 'Or $\\frac{1}{2}$'),
  )
  const math = '<math data-lectern-math=""><mfrac><mn>1</mn><mn>2</mn></mfrac></math>'
  expect(session.shown.querySelector('[data-lectern-addition] > p')?.innerHTML).toMatch(
    new RegExp(`That is ${math}, no <code>\\\\foo</code>\\.$`),
  )
  expect(session.shown.lastElementChild?.innerHTML).toBe(`Or ${math}`)
  session.close()
  expect(document.querySelector('math')).toBeNull()
})

it('shows the original where nothing arrived: the API is away, or it does not know the learner', async () => {
  const { session, send, personalized } = open()
  session.select('personalized')
  expect(document.querySelector('[data-lectern-clone]')).not.toBeNull()
  await send(failed)
  expect(document.querySelector('[data-lectern-clone], [data-lectern-hidden]')).toBeNull()
  session.ask()
  await send({ type: 'onboarding_needed' }, 'end')
  expect(personalized()).toEqual({ status: 'onboarding' })
  expect(session.isIntact).toBe(true)
})

it('says so when the answer breaks off', async () => {
  const { session, send, personalized } = open()
  session.select('personalized')
  await send(plan, block(1, 'Uno.'), 'end')
  expect(personalized()).toMatchObject({ status: 'failed', failure: { error: 'internal_error' } })
})

it('asks anew when the preferences changed: at once in sight, else at the next look', async () => {
  const { session, streams, send, personalized, shownText } = open()
  session.invalidate()
  expect(streams.length).toBe(0)
  session.select('personalized')
  await send(plan, block(1, 'Uno.'))
  session.invalidate()
  streams[0]?.send(block(2, 'late'))
  await send()
  expect([streams.length, streams[0]?.closed]).toEqual([2, true])
  expect(shownText()).toBe('TitleOne.Two.')
  await send(plan, block(1, 'Eins.'), done)
  expect(shownText()).toBe('TitleEins.Two.')

  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  session.invalidate()
  expect([streams.length, personalized().status]).toEqual([2, 'idle'])
  visibility.mockReturnValue('visible')
  document.dispatchEvent(new Event('visibilitychange'))
  expect(streams.length).toBe(3)
  session.select('original')
  session.invalidate()
  expect(streams.length).toBe(3)
})

it('hears nothing of a stream that it closed, and leaves the page as it was', async () => {
  const { session, streams, send } = open()
  const before = document.body.innerHTML
  session.select('personalized')
  await send(plan)
  session.close()
  streams[0]?.send(block(1, 'late'))
  await send()
  expect(document.body.innerHTML).toBe(before)
  expect(streams[0]?.closed).toBe(true)
})

it('reads, copies and shows a large lesson with the page’s own work between', async () => {
  const { session, extract, streams, shownText, send, personalized } = open({ wide: 5_000 })
  session.select('personalized')
  expect([extract.mock.calls.length, document.querySelector('[data-lectern-clone]')]).toEqual([1, null])
  await expect.poll(() => streams.length).toBe(1)
  await send(plan, block(1, 'Uno.'))
  expect(shownText()).toBe('TitleUno.Two.')
  session.invalidate()
  session.select('original')
  session.close()
  await send()
  expect([streams.length, personalized().status]).toEqual([1, 'streaming'])
})

it.each([{ wide: 15_000 }, { deep: 1_001 }])(
  'leaves a page alone that is larger than any lesson: %o',
  (size) => {
    const { session, extract, personalized } = open(size)
    session.select('personalized')
    expect(personalized()).toMatchObject({ status: 'failed', failure: { error: 'lesson_too_large' } })
    expect(extract).not.toHaveBeenCalled()
  },
)
