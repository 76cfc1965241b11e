import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import {
  type BlockLesson,
  collectRewrite,
  emptyReceipt,
  type FailureCode,
  isProse,
  type LessonProgress,
  lessonHash,
  type Site,
  type StreamEvent,
} from '@lectern/shared'

/** A call as it arrived. */
export type Call = {
  route: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any route
  body: any
}

export const provenance = { model: 'fixture', cached: false, generated_at: '2026-11-01T00:00:00.000Z' }

/** One event as it is written into a stream. */
export const written = ({ event, data }: StreamEvent) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** A small server over real HTTP that speaks the API's routes from memory, for tests. */
export class FixtureApi {
  readonly calls: Call[] = []
  readonly users = new Map<string, unknown>()
  /** By learner and lesson. */
  readonly progress = new Map<string, Map<string, LessonProgress>>()
  sites: Site[] = []
  /** The events of each stored lesson, by its hash. */
  readonly lessons = new Map<string, StreamEvent[]>()
  /** What the next calls of the two streaming routes are answered with, instead of by the routes. */
  readonly instead: ((response: ServerResponse) => void)[] = []
  /** Which sections it says that it misses. */
  missing: string[] | undefined
  /** What happens between a call's arrival and its answer; a call that it throws for gets none. */
  before: (route: string) => Promise<void> = async () => {}
  /** Calls whose client went away before the answer ended. */
  readonly abandoned: string[] = []
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  static async start(): Promise<FixtureApi> {
    const api = new FixtureApi()
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve))
    return api
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get routes(): string[] {
    return this.calls.map((call) => call.route)
  }

  /** Ends open answers too. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', this.url)
    const body = request.method === 'GET' || request.method === 'DELETE' ? undefined : await json(request)
    const named = pathname.replace(/[0-9a-f]{64}$/, ':hash').replace(/[0-9a-f-]{36}/, ':id')
    const route = `${request.method} ${named}`
    const call: Call = { route, query, headers: request.headers, body }
    this.calls.push(call)
    response.on('close', () => response.writableEnded || this.abandoned.push(route))
    try {
      await this.before(route)
    } catch {
      return void response.destroy()
    }
    const streams = route === 'GET /api/rewrites/:hash' || route === 'POST /api/personalize'
    const instead = streams ? this.instead.shift() : undefined
    if (instead !== undefined) return instead(response)
    this.#answer(call, pathname, response)
  }

  /** A stored lesson as a whole, unless the client has it. */
  async #whole(hash: string, events: StreamEvent[], known: string | undefined, response: ServerResponse) {
    const etag = tagOf(events)
    if (known === etag) return response.writeHead(304, { etag }).end()
    const whole = await collectRewrite(hash, events)
    return send(response, 200, whole, { etag })
  }

  #answer({ route, body, headers }: Call, pathname: string, response: ServerResponse): void {
    const user = String(headers['x-user-id'])
    switch (route) {
      case 'POST /api/user/create':
        if (this.users.has(body.user_id)) return fail(response, 409, 'user_exists')
        this.users.set(body.user_id, null)
        return send(response, 201, { user_id: body.user_id })
      case 'POST /api/onboarding': {
        const { user_id, ...preferences } = body
        if (!this.users.has(user_id)) return fail(response, 404, 'user_not_found')
        this.users.set(user_id, preferences)
        return send(response, 200, preferences)
      }
      case 'PUT /api/user/preferences':
        if (!this.users.has(user)) return fail(response, 404, 'user_not_found')
        this.users.set(user, body)
        return send(response, 200, body)
      case 'PUT /api/progress':
      case 'GET /api/progress': {
        if (!this.users.has(user)) return fail(response, 404, 'user_not_found')
        const known = this.progress.get(user) ?? new Map<string, LessonProgress>()
        for (const lesson of body?.lessons ?? []) known.set(lesson.lesson_slug, lesson)
        this.progress.set(user, known)
        return send(response, 200, { lessons: body?.lessons ?? [...known.values()] })
      }
      case 'GET /api/sites':
        if (headers['if-none-match'] === '"1"') return void response.writeHead(304).end()
        return send(response, 200, { sites: this.sites }, { etag: '"1"' })
      case 'DELETE /api/user/:id':
        if (!this.users.delete(user)) return fail(response, 404, 'user_not_found')
        return send(response, 200, { deleted_count: 2 })
      case 'GET /api/user/:id/export':
        if (!this.users.has(user)) return fail(response, 404, 'user_not_found')
        return send(response, 200, {
          user_id: user,
          exported_at: '2026-11-20T09:00:00.000Z',
          tables: { user_preferences: [this.users.get(user)] },
        })
      case 'POST /api/reports':
        if (!this.users.has(user)) return fail(response, 404, 'user_not_found')
        return send(response, 201, { report_id: crypto.randomUUID() })
      case 'GET /api/rewrites/:hash': {
        const events = this.lessons.get(pathname.slice(-64))
        if (headers.accept !== 'text/event-stream' && events !== undefined)
          return void this.#whole(pathname.slice(-64), events, headers['if-none-match'], response)
        return events === undefined
          ? fail(response, 404, 'lesson_not_stored', { missing: this.missing })
          : stream(response, events)
      }
      case 'POST /api/personalize': {
        if (!this.users.get(user)) return fail(response, 404, 'user_not_found')
        const events = eventsOf(body)
        this.lessons.set(hashOf(body), events)
        return stream(response, events)
      }
      default:
        return fail(response, 404, 'not_found')
    }
  }
}

/** The entity tag of a stored lesson's whole answer. */
export const tagOf = (events: StreamEvent[]) => `"${sha256(JSON.stringify(events))}"`

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hashOf = ({ sections }: BlockLesson) =>
  lessonHash(
    sha256,
    sections.map((section) => section.hash),
  )

/** A rewrite of every block that was sent. */
function eventsOf({ sections }: BlockLesson): StreamEvent[] {
  const planned = sections.map(({ hash, blocks = [] }) => ({
    hash,
    state: 'missing' as const,
    blocks: blocks.filter(isProse).length,
  }))
  const parts = sections.flatMap(({ blocks = [] }, i): StreamEvent[] => [
    ...blocks.flatMap((block, k): StreamEvent[] =>
      isProse(block)
        ? [{ event: 'block', data: { section: i + 1, block: k + 1, status: 'rewritten', inline: 'New.' } }]
        : [],
    ),
    { event: 'section', data: { section: i + 1, receipt: emptyReceipt, ...provenance } },
  ])
  return [
    { event: 'plan', data: { sections: planned } },
    ...parts,
    { event: 'done', data: { receipt: { ...emptyReceipt, rewritten: 1 } } },
  ]
}

function stream(response: ServerResponse, events: StreamEvent[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  response.end(`: heartbeat\n\n${events.map(written).join('')}`)
}

function send(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** Answers with a failure. */
export function fail(response: ServerResponse, status: number, error: FailureCode, more = {}): void {
  send(response, status, { error, message: `${error}. Try again.`, ...more })
}
