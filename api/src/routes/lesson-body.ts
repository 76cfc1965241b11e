import { hash } from 'node:crypto'
import { UserId } from '@lectern/shared'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { Compile } from 'typebox/compile'
import type { LessonAnswers } from '../answers/lesson-answers.ts'
import type { ReadyAnswer } from '../answers/ready-answers.ts'
import { formatWanted } from './event-stream.ts'
import { keepsHistory } from './learner-header.ts'
import { jsonReader } from './read-json.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** SHA-256 of the bytes of a lesson's body; empty on other routes. */
    bodyHash: string
  }
}

const userId = Compile(UserId)

/** A body that was not read, since the answer to the same bytes lies ready for this learner. */
export class AnsweredBody {
  readonly answer: ReadyAnswer

  constructor(answer: ReadyAnswer) {
    this.answer = answer
  }
}

/** A class sends the same lesson within seconds; what was read of it takes some four times its bytes. */
const READ = { maxSize: 8 * 2 ** 20, ttl: 10_000 }

/**
 * Reads JSON bodies on the routes of `app`, but for those whose answer lies ready; the same bytes only once in a
 * while. To parse and check 20 KB takes ten times as long as to hash them. Nothing may change a body.
 */
export function readLessonBodies(app: FastifyInstance, answers: Pick<LessonAnswers, 'byKnownBody'>): void {
  const parse = jsonReader(app)
  const read = new LRUCache<string, object>(READ)
  app.decorateRequest('bodyHash', '')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    request.bodyHash = hash('sha256', bytes, 'base64url')
    answered(request).then(
      (answer) => {
        const known = answer === undefined ? read.get(request.bodyHash) : new AnsweredBody(answer)
        if (known !== undefined) return done(null, known)
        parse(request, bytes.toString(), (error, body: unknown) => {
          if (typeof body === 'object' && body !== null)
            read.set(request.bodyHash, body, { size: bytes.length })
          done(error, body)
        })
      },
      (error: Error) => done(error),
    )
  })

  async function answered(request: FastifyRequest): Promise<ReadyAnswer | undefined> {
    const learner = request.headers['x-user-id']
    if (!userId.Check(learner)) return undefined
    return await answers.byKnownBody(request.bodyHash, formatWanted(request), {
      userId: learner,
      address: request.ip,
      history: keepsHistory(request),
    })
  }
}
