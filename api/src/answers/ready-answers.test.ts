import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { type Broadcast, type BroadcastSubscriber, UNHEARD_MS } from '../rewriting/ports.ts'
import { type ReadyAnswer, ReadyAnswers } from './ready-answers.ts'

const sites = [] as const

function answerOf(section: string, bytes = 100): ReadyAnswer {
  return {
    format: 'json',
    body: Buffer.alloc(bytes),
    etag: '',
    sections: [section],
    sites,
    reading: { lesson: '', version: '', profiles: [] },
  }
}

/** Answers beside a broadcast that the test speaks for. */
function open(bytes: number, listening = true) {
  const subscribers: BroadcastSubscriber[] = []
  const broadcast: Broadcast = {
    listening,
    publish: () => Promise.resolve(),
    subscribe: (_topic, subscriber) => {
      subscribers.push(subscriber)
      return () => undefined
    },
  }
  const answers = new ReadyAnswers(bytes, broadcast)
  const keep = (key: string, bytesOf?: number) => answers.making()(key, answerOf(key, bytesOf))
  const kept = (...keys: string[]) => keys.filter((key) => answers.get(key, sites) !== undefined)
  return { answers, keep, kept, hint: (text: string) => subscribers[0]?.onHint(text), subscribers }
}

it('keeps no more bytes than it may, the last used ones', () => {
  const { keep, kept } = open(1_000_000)
  for (const key of ['a', 'b', 'c']) keep(key, 400_000)
  expect(kept('a', 'b', 'c')).toEqual(['b', 'c'])
  const none = open(0)
  none.keep('a')
  expect(none.kept('a')).toEqual([])
})

it('forgets what a hint names, everything where it names nothing or hints were missed', () => {
  const { keep, kept, hint, subscribers } = open(1_000_000)
  const fill = () => {
    for (const key of ['a', 'b', 'c']) keep(key)
  }
  fill()
  hint('a c')
  expect(kept('a', 'b', 'c')).toEqual(['b'])
  hint('')
  expect(kept('b')).toEqual([])
  fill()
  subscribers[0]?.onGap()
  expect(kept('a', 'b', 'c')).toEqual([])
})

it('keeps no answer whose making began before something was forgotten', () => {
  const { answers, kept, hint } = open(1_000_000)
  const keep = answers.making()
  hint('z')
  keep('a', answerOf('a'))
  expect(kept('a')).toEqual([])
})

it('gives no answer that was made under another whitelist', () => {
  const { answers, keep } = open(1_000_000)
  keep('a')
  expect(answers.get('a', [])).toBeUndefined()
})

it('keeps an answer for a second where no hints are heard', async () => {
  const { keep, kept } = open(1_000_000, false)
  keep('a')
  expect(kept('a')).toEqual(['a'])
  await delay(UNHEARD_MS + 100)
  expect(kept('a')).toEqual([])
})
