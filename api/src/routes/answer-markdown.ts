import { collectRewrite, type Failure, type MarkdownLesson, type PersonalizedMarkdown } from '@lectern/shared'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isFailure } from '../failure.ts'
import { personalizedMarkdown } from '../markdown/personalized-markdown.ts'
import { readMarkdown } from '../markdown/read-markdown.ts'
import { type Asker, type DoorPorts, openWrittenLesson } from '../rewriting/doors.ts'
import { sendEvents, wantsEvents } from './event-stream.ts'

/** Answers a lesson that came as Markdown with its rewrite as Markdown, or with its events. */
export async function answerMarkdown(
  doors: DoorPorts,
  body: MarkdownLesson,
  request: FastifyRequest,
  reply: FastifyReply,
  asker: Asker,
): Promise<PersonalizedMarkdown | Failure | FastifyReply> {
  const read = readMarkdown(body.original_content, { title: body.title, language: body.language })
  if (isFailure(read)) return read
  const opened = await openWrittenLesson(doors, asker, body, read.lesson)
  if (isFailure(opened)) return opened
  if (wantsEvents(request)) return sendEvents(request, reply, opened.events)
  const lesson = await collectRewrite(opened.lesson, opened.events)
  return isFailure(lesson) ? lesson : personalizedMarkdown(read, lesson)
}
