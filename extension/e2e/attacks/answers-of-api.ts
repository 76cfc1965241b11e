import { randomUUID } from 'node:crypto'
import { type Block, normalizeInline, parseInline, proseKinds, serializeInline } from '@lectern/shared'
import { createParser } from 'eventsource-parser'
import type { Asked } from '../../../api/load/stand-in-answer.ts'
import { startStandInModel } from '../../../api/load/stand-in-model.ts'
import { openaiEngine } from '../../../api/src/model/openai-engine.ts'
import { startTestApi } from '../../../api/src/test-api.ts'
import { prepareLesson, uploadOf } from '../../background/prepare-lesson.ts'
import { anyAnswers } from '../any-answers.ts'

/** What the API made of payloads that its model answered with. */
export type ApiAnswers = {
  /** How many blocks were asked for, and what became of them. */
  asked: number
  states: Record<string, number>
  /** The texts that it let through, as a page is given them, each once. */
  texts: string[]
  /** Those that are not in the one form that it may give: with a link, an atom or code that the lesson has not. */
  strange: string[]
}

/** Blocks of a lesson that is asked for at once: with as many sections as one may have, of a few blocks each. */
const blocksAtOnce = 3000
/** Under so many blocks a heading: a section has a few of them, all with answers of their own. */
const blocksUnderHeading = 12

/**
 * Asks the real API over HTTP for lessons whose model says payloads: as the whole text of a block of each kind, behind
 * a block's own words, as an addition, and as lines of their own before and after a right answer.
 */
export async function answersOfApi(payloads: readonly string[]): Promise<ApiAnswers> {
  await using started = new AsyncDisposableStack()
  const model = await startStandInModel()
  started.defer(model.close)
  const engine = openaiEngine({ baseURL: model.url, apiKey: 'none', model: 'stand-in' })
  const api = await startTestApi({ engine })
  started.defer(api.close)
  const user = randomUUID()
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(api.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user-id': user, ...headers },
      body: JSON.stringify(body),
    })
  await post('/api/user/create', { user_id: user })
  await post('/api/onboarding', { user_id: user, ...anyAnswers })

  const answers: ApiAnswers = { asked: 0, states: {}, texts: [], strange: [] }
  const texts = new Set<string>()
  for (let at = 0; at < payloads.length; at += blocksAtOnce) {
    const batch = payloads.slice(at, at + blocksAtOnce)
    model.configure({ answer: (asked) => answerWith(asked, batch) })
    const lesson = { title: 'Payloads', language: 'en', blocks: blocksFor(batch.length) }
    const page = { url: 'https://book.example/payloads', adjustment: 0 as const, variant: 0 as const }
    const body = uploadOf(prepareLesson(lesson), page)
    const response = await post('/api/personalize', body, { accept: 'text/event-stream' })
    if (!response.ok) throw new Error(`The API answered ${response.status}: ${await response.text()}`)
    for (const { event, data } of eventsOf(await response.text())) {
      if (event === 'block') answers.states[data.status ?? ''] = (answers.states[data.status ?? ''] ?? 0) + 1
      if (event === 'failed') answers.states[event] = (answers.states[event] ?? 0) + 1
      for (const text of [data.inline, data.answer]) if (text !== undefined) texts.add(text)
    }
    answers.asked += batch.length
  }
  answers.texts = [...texts]
  answers.strange = answers.texts.filter(isStrange)
  return answers
}

/** A word that tells which payload a block is answered with; in letters, as numbers have to stay. */
const wordOf = (index: number) =>
  `q${[...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}q`
const indexIn = (text: string) => {
  const word = /q([a-j]+)q/.exec(text)?.[1]
  return word === undefined
    ? undefined
    : Number([...word].map((letter) => 'abcdefghij'.indexOf(letter)).join(''))
}

function blocksFor(count: number): Block[] {
  const kinds = proseKinds.filter((kind) => kind !== 'heading' && kind !== 'cell')
  return Array.from({ length: count }, (_, i): Block[] => {
    const kind = kinds[i % kinds.length] ?? 'paragraph'
    const text = `The list named ${wordOf(i)} holds its values in the order in which they came.`
    const opening: Block[] = [
      { kind: 'heading', level: 2, text: `Lists named ${wordOf(i)}` },
      // Answered rightly, so that the section is judged block by block.
      { kind: 'paragraph', text: 'Every section begins with a sentence that says what it is about.' },
    ]
    return [...(i % blocksUnderHeading === 0 ? opening : []), { kind, text }]
  }).flat()
}

function answerWith({ blocks, only }: Asked, payloads: readonly string[]): string {
  const lines = blocks.map(({ number, kind, text }, i) => {
    const index = indexIn(text)
    if (index === undefined) return `@${number} ${text} This is it.`
    const payload = payloads[index] ?? ''
    // Asked again, and in every other block, it keeps to the block's words: more of that is let through.
    const words = kind === 'heading' || (!only && i % 2 === 0) ? '' : `${text} `
    return `@${number} ${words}${payload}`
  })
  const [first] = blocks
  const payload = payloads[indexIn(first?.text ?? '') ?? 0] ?? ''
  if (only) return lines.join('\n')
  const last = blocks.at(-1)?.number ?? 1
  return [
    payload,
    ...lines,
    `+example @${last} Think of it like this: ${payload}`,
    `+check @${last} What does a list hold, ${payload}?`,
    `+answer Its values, ${payload} in their order.`,
    payload,
  ].join('\n')
}

type Said = { event: string | undefined; data: { status?: string; inline?: string; answer?: string } }

function eventsOf(stream: string): Said[] {
  const all: Said[] = []
  createParser({ onEvent: ({ event, data }) => all.push({ event, data: JSON.parse(data) }) }).feed(stream)
  return all
}

/** The lesson has neither links nor other inline elements. */
function isStrange(text: string): boolean {
  const inlines = normalizeInline(parseInline(text))
  return (
    serializeInline(normalizeInline(parseInline(text, { links: 0, atoms: 0 }))) !== text || holds(inlines)
  )
}

function holds(inlines: ReturnType<typeof parseInline>): boolean {
  return inlines.some(
    (inline) =>
      inline.type === 'link' || inline.type === 'atom' || ('children' in inline && holds(inline.children)),
  )
}
