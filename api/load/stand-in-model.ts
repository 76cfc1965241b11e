import { setTimeout as delay } from 'node:timers/promises'
import Fastify, { type FastifyReply } from 'fastify'
import { type Orders, obey, readOrders } from './obedient-answer.ts'
import { type Asked, readRequest, wholeAnswer } from './stand-in-answer.ts'

/** What can go wrong upstream, as a real server does it. */
export const faultKinds = [
  'status_429',
  'status_500',
  'status_400',
  'status_401',
  'hang_before',
  'hang_within',
  'cut',
  'ends_early',
  'error_event',
  'broken_event',
  'garbage',
  'empty',
  'length',
  'wrong_script',
  'wrong_language',
  'drop_atoms',
  'drop_block',
  'no_markers',
  'swap_blocks',
] as const
export type FaultKind = (typeof faultKinds)[number]

/**
 * A fault for the next `times` requests whose text contains `match` (all where it is absent). A status comes with
 * `retry_after`, in seconds or as a date.
 */
export type Fault = { kind: FaultKind; match?: string; times: number; retry_after?: number | string }

/**
 * `obedient`: it does whatever the lesson's text tells it to do (see obedient-answer.ts). `answer`: it says what this
 * gives for a request.
 */
export type StandInSettings = {
  ttft_ms: number
  tokens_per_second: number
  faults: Fault[]
  obedient: boolean
  answer?: (asked: Asked) => string
}

export type StandInModel = {
  /** The base URL for an OpenAI client. */
  url: string
  /** The last message of each request since the last `configure`. */
  requests: string[]
  /** The text of each answer since then, where the model is obedient. */
  answers: string[]
  /** How many requests are open. */
  open(): number
  configure(settings: Partial<StandInSettings>): void
  close(): Promise<void>
}

type Chat = {
  model: string
  stream?: boolean
  max_tokens?: number
  messages: { role: string; content: string }[]
}

/** As gpt-4o's: a request for more is refused. */
const MOST_TOKENS = 16_384

/** Enough for a reader on the same machine to have taken what was sent. */
const CUT_AFTER_MS = 50

const quick: StandInSettings = { ttft_ms: 0, tokens_per_second: Infinity, faults: [], obedient: false }

/**
 * An OpenAI-compatible chat completions server on 127.0.0.1 that answers by the line protocol with text derived
 * from the request, streaming and not, at a settable pace and with faults by request. It lets tests and load
 * runs see real rewriting over real HTTP without a model.
 */
export async function startStandInModel(
  port = 0,
  initial: Partial<StandInSettings> = {},
): Promise<StandInModel> {
  const app = Fastify({ bodyLimit: 8_000_000, forceCloseConnections: true })
  const requests: string[] = []
  const answers: string[] = []
  let open = 0
  let settings = { ...quick, ...initial }
  const configure = (changed: Partial<StandInSettings>) => {
    requests.length = 0
    answers.length = 0
    settings = { ...quick, ...changed }
  }
  app.get('/v1/models', () => ({ object: 'list', data: [{ id: 'stand-in', object: 'model' }] }))
  app.post<{ Body: Partial<StandInSettings> }>('/control', ({ body }) => {
    configure(body)
    return { ok: true }
  })
  app.get('/control', () => ({ calls: requests.length }))
  app.post<{ Body: Chat }>('/v1/chat/completions', async ({ body }, reply) => {
    const text = body.messages.at(-1)?.content ?? ''
    requests.push(text)
    open += 1
    reply.raw.once('close', () => {
      open -= 1
    })
    if ((body.max_tokens ?? 0) > MOST_TOKENS)
      return reply.code(400).send({ error: { message: `max_tokens is too large: ${body.max_tokens}` } })
    const fault = takeFault(settings.faults, text)
    const answer = answerText(body, settings, fault?.kind)
    if (settings.obedient) answers.push(answer)
    await respond(body, answer, reply, settings, fault)
  })
  const address = await app.listen({ port, host: '127.0.0.1' })
  return { url: `${address}/v1`, requests, answers, open: () => open, configure, close: () => app.close() }
}

function takeFault(faults: Fault[], text: string): Fault | undefined {
  const fault = faults.find(({ match, times }) => times > 0 && (match === undefined || text.includes(match)))
  if (fault === undefined) return undefined
  fault.times -= 1
  return fault
}

async function respond(
  chat: Chat,
  answer: string,
  reply: FastifyReply,
  settings: StandInSettings,
  { kind: fault, retry_after }: Partial<Fault> = {},
): Promise<void> {
  const status = /^status_(\d+)$/.exec(fault ?? '')?.[1]
  if (status !== undefined) {
    const headers = retry_after === undefined ? {} : { 'retry-after': String(retry_after) }
    return reply
      .code(Number(status))
      .headers(headers)
      .send({ error: { message: 'a fault that was asked for' } })
  }
  if (fault === 'hang_before') return hang(reply)
  const pieces = piecesOf(answer)
  const reason = fault === 'length' ? 'length' : 'stop'
  const usage = {
    prompt_tokens: tokens(chat.messages.map((message) => message.content).join('')),
    completion_tokens: pieces.length,
  }
  if (!chat.stream) {
    await delay(settings.ttft_ms + (pieces.length / settings.tokens_per_second) * 1000)
    const message = { role: 'assistant', content: pieces.join('') }
    return reply.send({
      object: 'chat.completion',
      model: chat.model,
      choices: [{ index: 0, message, finish_reason: reason }],
      usage,
    })
  }
  await stream(reply, pieces, { reason, usage, model: chat.model }, settings, fault)
}

function hang(reply: FastifyReply): Promise<void> {
  reply.hijack()
  return new Promise((resolve) => reply.raw.on('close', resolve))
}

async function stream(
  reply: FastifyReply,
  pieces: string[],
  end: { reason: string; usage: object; model: string },
  settings: StandInSettings,
  fault?: FaultKind,
): Promise<void> {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { 'content-type': 'text/event-stream' })
  const send = (choice: object | undefined, usage?: object) =>
    raw.write(
      `data: ${JSON.stringify({ object: 'chat.completion.chunk', model: end.model, choices: choice ? [{ index: 0, ...choice }] : [], usage })}\n\n`,
    )
  await delay(settings.ttft_ms)
  const started = performance.now()
  for (const [i, content] of pieces.entries()) {
    if (raw.destroyed) return
    if (i === Math.floor(pieces.length / 2)) {
      if (fault === 'hang_within') return new Promise((resolve) => raw.on('close', resolve))
      if (fault === 'ends_early') return void raw.end()
      if (fault === 'error_event') return void raw.end('data: {"error":{"message":"overloaded"}}\n\n')
      if (fault === 'broken_event') return void raw.end('data: {"choices":[{"del\n\n')
      // What was sent arrives first: a socket that is destroyed takes back what the other side has not read.
      if (fault === 'cut') return void (await delay(CUT_AFTER_MS).then(() => raw.destroy()))
    }
    send({ delta: { content }, finish_reason: null })
    // The pace is kept against the clock, so that timers' coarseness does not slow the whole answer.
    const ahead = ((i + 1) / settings.tokens_per_second) * 1000 - (performance.now() - started)
    if (ahead > 4) await delay(ahead)
  }
  send({ delta: {}, finish_reason: end.reason })
  send(undefined, end.usage)
  raw.end('data: [DONE]\n\n')
}

function answerText(chat: Chat, { obedient, answer }: StandInSettings, fault?: FaultKind): string {
  const asked = readRequest(chat.messages)
  if (answer !== undefined) return answer(asked)
  if (fault === 'garbage') return 'Sure! Here is a nice story about something else entirely.'
  if (fault === 'empty') return ''
  const orders: Orders = obedient ? readOrders(chat.messages) : { payloads: [], lines: [] }
  const language = orders.language ?? languageOf(asked.language, fault)
  const lines = obey(wholeAnswer({ ...asked, language }), asked, orders)
  if (fault === 'no_markers') return lines.map((line) => line.replace(/^\S+ /, '')).join('\n')
  if (fault === 'swap_blocks') return swapped(lines).join('\n')
  if (fault === 'drop_atoms')
    return lines.map((line) => line.replace(/`+[^`]*`+|\$[^$]*\$|\{\{\d+\}\}/g, '')).join('\n')
  return (fault === 'drop_block' ? lines.slice(1) : lines).join('\n')
}

/** Each block has the text of the next one. */
function swapped(lines: readonly string[]): string[] {
  const texts = lines.map((line) => line.replace(/^\S+ /, ''))
  return lines.map((line, i) => `${line.split(' ')[0]} ${texts[(i + 1) % texts.length]}`)
}

function languageOf(asked: string, fault?: FaultKind): string {
  if (fault === 'wrong_script') return asked === 'Arabic' ? 'Russian' : 'Arabic'
  if (fault === 'wrong_language') return asked === 'German' ? 'Spanish' : 'German'
  return asked
}

/** About four characters, as tokens of English are. */
function piecesOf(text: string): string[] {
  return text.match(/[\s\S]{1,4}/g) ?? []
}

function tokens(text: string): number {
  return Math.ceil(text.length / 4)
}
