import { Failure, formatProfile, type Preferences, profileOf } from '@lectern/shared'
import { Value } from 'typebox/value'
import { type Dispatcher, Pool } from 'undici'
import { type ComposedLesson, marksOf } from '../scenarios/compose-lesson.ts'
import { type Marks, type ReadLesson, readLesson } from './read-lesson.ts'

/** A learner whom the API knows. */
export type KnownLearner = { id: string; preferences: Preferences }

/** What may be uploaded: whether this many characters of sections, for whom it is, still may be spent on. */
export type MaySpend = (sections: readonly { hash: string; characters: number }[], profile: string) => boolean

export type OpenedLesson = ReadLesson & { requests: number }

/** A call that the API refused, with its code; `status_...` where it gave none. */
export class RefusedCall extends Error {
  readonly code: string
  readonly missing: readonly string[]

  constructor(code: string, { missing = [], detail }: { missing?: readonly string[]; detail?: string } = {}) {
    super(`The API answered ${code}${detail === undefined ? '' : ` (${detail})`}.`)
    this.name = 'RefusedCall'
    this.code = code
    this.missing = missing
  }
}

/** The tokens that may be spent are spent. */
export class CapReached extends Error {
  constructor() {
    super('The cap on tokens is reached.')
    this.name = 'CapReached'
  }
}

const json = { 'content-type': 'application/json' }
const eventStream = { accept: 'text/event-stream' }

/**
 * What the extension does for learners, over the processes of the API in turn, as a load balancer would: make them
 * known, ask for a lesson by its hash, upload what is missing, read the stream to its end.
 */
export class LearnerClient {
  readonly #pools: Pool[]
  readonly #site: string | undefined
  #next = 0
  readonly #wordsAreKept: boolean
  readonly #marks = new WeakMap<ComposedLesson, Marks>()
  #used = Number.POSITIVE_INFINITY

  /** `wordsAreKept`: the model leaves the author's words in English answers, as the stand-in does. */
  constructor(
    urls: readonly string[],
    { site, wordsAreKept = false }: { site?: string; wordsAreKept?: boolean } = {},
  ) {
    this.#wordsAreKept = wordsAreKept
    // As many connections as there are open streams; the API's own limits on time are longer than these.
    this.#pools = urls.map(
      (url) =>
        new Pool(new URL(url).origin, { connections: null, bodyTimeout: 90_000, headersTimeout: 60_000 }),
    )
    this.#site = site
  }

  /** Only these of the processes are asked from now on. */
  useFirst(count: number): void {
    this.#used = count
  }

  async makeKnown({ id, preferences }: KnownLearner): Promise<void> {
    const headers = { ...json, 'x-user-id': id }
    await this.#expect([201, 409], {
      path: '/api/user/create',
      method: 'POST',
      headers,
      body: JSON.stringify({ user_id: id }),
    })
    await this.#expect([200], {
      path: '/api/onboarding',
      method: 'POST',
      headers,
      body: JSON.stringify({ user_id: id, ...preferences }),
    })
  }

  /**
   * Opens a lesson. Throws RefusedCall where the API does not take it, CapReached where `maySpend` does not, and what
   * undici throws where the connection breaks or `signal` is aborted.
   */
  async open(
    learner: KnownLearner,
    lesson: ComposedLesson,
    signal: AbortSignal,
    maySpend?: MaySpend,
  ): Promise<OpenedLesson> {
    const headers = { ...eventStream, 'x-user-id': learner.id }
    const marks = this.#marksFor(learner, lesson)
    const profile = formatProfile(profileOf(learner.preferences))
    const query = new URLSearchParams({ profile, ...(this.#site !== undefined && { site: this.#site }) })
    try {
      const path = `/api/rewrites/${lesson.hash}?${query}`
      return { ...(await this.#read({ path, method: 'GET', headers, signal }, marks)), requests: 1 }
    } catch (error) {
      if (!(error instanceof RefusedCall) || error.code !== 'lesson_not_stored') throw error
      return { ...(await this.#upload(learner, lesson, error.missing, signal, maySpend)), requests: 2 }
    }
  }

  /** Has the API forget a learner. */
  async erase({ id }: KnownLearner): Promise<void> {
    await this.#expect([200, 404], {
      path: `/api/user/${id}`,
      method: 'DELETE',
      headers: { 'x-user-id': id },
    })
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.destroy()))
  }

  async #upload(
    learner: KnownLearner,
    lesson: ComposedLesson,
    missing: readonly string[],
    signal: AbortSignal,
    maySpend: MaySpend = () => true,
  ): Promise<ReadLesson> {
    const { body, sections } = lesson
    const wanted = (hash: string) => missing.length === 0 || missing.includes(hash)
    const sent = sections.flatMap(({ blocks }, i) => {
      const hash = body.sections[i]?.hash ?? ''
      const characters = blocks.reduce((sum, block) => sum + block.text.length, 0)
      return wanted(hash) ? [{ hash, characters }] : []
    })
    if (!maySpend(sent, formatProfile(profileOf(learner.preferences)))) throw new CapReached()
    const upload = {
      ...body,
      sections: body.sections.map((section) => (wanted(section.hash) ? section : { hash: section.hash })),
    }
    const headers = { ...json, ...eventStream, 'x-user-id': learner.id }
    const request = {
      path: '/api/personalize',
      method: 'POST' as const,
      headers,
      body: JSON.stringify(upload),
      signal,
    }
    return await this.#read(request, this.#marksFor(learner, lesson))
  }

  #marksFor({ preferences }: KnownLearner, lesson: ComposedLesson): Marks {
    if (!this.#wordsAreKept || preferences.preferred_language !== 'en') return []
    const known = this.#marks.get(lesson) ?? marksOf(lesson)
    this.#marks.set(lesson, known)
    return known
  }

  async #read(options: Dispatcher.RequestOptions, marks: Marks): Promise<ReadLesson> {
    const { body } = await this.#expect([200], options)
    return await readLesson(body, marks)
  }

  async #expect(
    statuses: readonly number[],
    options: Dispatcher.RequestOptions,
  ): Promise<Dispatcher.ResponseData> {
    const answer = await this.#pool().request(options)
    if (statuses.includes(answer.statusCode)) {
      // Who reads the stream takes the body; of other answers nothing is wanted.
      if (!String(answer.headers['content-type']).startsWith('text/event-stream')) await answer.body.dump()
      return answer
    }
    const failure: unknown = await answer.body.json().catch(() => undefined)
    if (Value.Check(Failure, failure)) throw new RefusedCall(failure.error, failure)
    throw new RefusedCall(`status_${answer.statusCode}`)
  }

  #pool(): Pool {
    const used = Math.min(this.#used, this.#pools.length)
    const pool = this.#pools[this.#next++ % used]
    if (pool === undefined) throw new Error('There is no API to ask.')
    return pool
  }
}
