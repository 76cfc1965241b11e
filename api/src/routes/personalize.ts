import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { BlockLesson, MarkdownLesson, PersonalizedLesson, PersonalizedMarkdown } from '@lectern/shared'
import type { FastifySchemaCompiler } from 'fastify'
import Type, { type TSchema } from 'typebox'
import type { LessonAnswers } from '../answers/lesson-answers.ts'
import type { DoorPorts } from '../rewriting/doors.ts'
import { answerLesson } from './answer-lesson.ts'
import { answerMarkdown } from './answer-markdown.ts'
import { compileValidator } from './compile-validator.ts'
import { formatWanted } from './event-stream.ts'
import { failures } from './failure-status.ts'
import { keepsHistory, LearnerHeaders } from './learner-header.ts'
import { AnsweredBody, readLessonBodies } from './lesson-body.ts'

export const personalizeRoutes: FastifyPluginAsyncTypebox<{
  doors: DoorPorts
  answers: LessonAnswers
}> = async (app, { doors, answers }) => {
  readLessonBodies(app, answers)
  // A learner who leaves does not cancel the rewrite: the class will want it.
  app.post(
    '/personalize',
    {
      schema: {
        operationId: 'personalize',
        summary: 'Rewrite a lesson for a learner: Markdown, or blocks as the extension extracts them',
        description: 'With Accept: text/event-stream the answer is streamed by block.',
        tags: ['lesson'],
        headers: LearnerHeaders,
        body: Type.Union([MarkdownLesson, BlockLesson]),
        response: {
          200: Type.Union([PersonalizedMarkdown, PersonalizedLesson]),
          ...failures(
            'validation_failed',
            'missing_user',
            'lesson_empty',
            'hash_mismatch',
            'user_not_found',
            'onboarding_incomplete',
            'lesson_not_stored',
            'site_not_listed',
            'site_denied',
            'lesson_too_large',
            'payload_too_large',
            'language_needs_model',
            'upstream_failed',
            'upstream_timeout',
            'upstream_refused',
            'overloaded',
            'budget_spent',
          ),
        },
      },
      validatorCompiler: compileByDoor,
    },
    async (request, reply) => {
      const { body, bodyHash, headers } = request
      const asker = { userId: headers['x-user-id'], address: request.ip, history: keepsHistory(request) }
      if (body instanceof AnsweredBody) return await answerLesson(request, reply, body.answer)
      if ('original_content' in body) return await answerMarkdown(doors, body, request, reply, asker)
      const answer = await answers.byBody(body, bodyHash, formatWanted(request), asker)
      return await answerLesson(request, reply, answer)
    },
  )
}

/** A body is checked against the schema of its own door, so that a failure names the field that is meant. */
const compileByDoor: FastifySchemaCompiler<TSchema> = (route) => {
  if (route.httpPart !== 'body') return compileValidator(route)
  const markdown = placed(compileValidator({ ...route, schema: MarkdownLesson }), '#/anyOf/0')
  const blocks = placed(compileValidator({ ...route, schema: BlockLesson }), '#/anyOf/1')
  const checked = new WeakSet<object>()
  return (body: unknown) => {
    if (body instanceof AnsweredBody || (isObject(body) && checked.has(body))) return { value: body }
    const read = isMarkdown(body) ? markdown(body) : blocks(body)
    if (isObject(body) && !(isObject(read) && 'error' in read)) checked.add(body)
    return read
  }
}

type Validate = ReturnType<typeof compileValidator>

/** Violations of a branch, with their place in the whole schema. */
function placed(validate: Validate, branch: string): Validate {
  return (body: unknown) => {
    const read = validate(body) as { error?: { schemaPath: string }[] }
    for (const violation of read.error ?? []) violation.schemaPath = violation.schemaPath.replace('#', branch)
    return read as ReturnType<Validate>
  }
}

function isMarkdown(body: unknown): boolean {
  return isObject(body) && 'original_content' in body
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
