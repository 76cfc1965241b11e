import { collectRewrite, type Failure, type PersonalizedLesson } from '@lectern/shared'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isReady, type LessonAnswer } from '../answers/lesson-answers.ts'
import type { ReadyAnswer } from '../answers/ready-answers.ts'
import { isFailure } from '../failure.ts'
import { eventHeaders, sendEvents, wantsEvents } from './event-stream.ts'

/** Answers with a lesson: what lies ready as it is, else its events where the client asked for them, or the whole. */
export async function answerLesson(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: LessonAnswer,
): Promise<PersonalizedLesson | Failure | FastifyReply> {
  if (isReady(answer)) return sendReady(reply, answer)
  if (isFailure(answer)) return answer
  if (wantsEvents(request)) return sendEvents(request, reply, answer.events)
  return await collectRewrite(answer.lesson, answer.events)
}

/** Sends an answer as it lies ready. */
export function sendReady(reply: FastifyReply, { format, body }: ReadyAnswer): FastifyReply {
  if (format === 'events') return reply.headers(eventHeaders).send(body)
  return reply.header('content-type', 'application/json; charset=utf-8').send(body)
}
