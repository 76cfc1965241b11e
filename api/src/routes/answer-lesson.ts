import type { Failure, PersonalizedLesson } from '@lectern/shared'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isFailure } from '../failure.ts'
import { collectRewrite } from '../rewriting/collect-rewrite.ts'
import type { OpenedLesson } from '../rewriting/personalize.ts'
import { sendEvents, wantsEvents } from './event-stream.ts'

/** Answers with the lesson's events where the client asked for them; else hands the whole to `whole`. */
export async function answerLesson<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  opened: OpenedLesson | Failure,
  whole: (lesson: PersonalizedLesson, opened: OpenedLesson) => T,
): Promise<T | Failure | FastifyReply> {
  if (isFailure(opened)) return opened
  if (wantsEvents(request)) return sendEvents(reply, opened.events)
  const lesson = await collectRewrite(opened.lesson, opened.events)
  return isFailure(lesson) ? lesson : whole(lesson, opened)
}
