import type { Failure } from '@lectern/shared'
import type { FastifyInstance } from 'fastify'
import { failure } from '../failure.ts'
import { memberName } from './member-name.ts'

/** No body of the API nests deeper than seven, or has more items in a list than a lesson has sections. */
const MOST_DEPTH = 16
const MOST_ITEMS = 1_000

/** A value of a body and where it is. */
type Place = { value: unknown; depth: number; inside?: Place; name: string }

/**
 * Why a body is not even looked at: checks against a schema take time that grows with the square of a list's length
 * (20 s of a process for 50,000 items that had to differ), and their stack with the depth. The failure names the field.
 */
export function boundJson(body: unknown): Failure | undefined {
  for (const place of placesIn(body)) {
    if (itemsOf(place.value) > MOST_ITEMS)
      return wrong(place, `has more than ${MOST_ITEMS} items: send fewer.`)
    if (place.depth > MOST_DEPTH)
      return wrong(outermost(place), 'is nested too deeply: see /api/openapi.json.')
  }
  return undefined
}

/**
 * On the routes of `app`, refuses a text that PostgreSQL does: a NUL in any, half of a surrogate pair in JSON. Other
 * routes check or clean each text by itself.
 */
export function refuseUnstorableText(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ body }, reply) => {
    for (const place of placesIn(body))
      if (typeof place.value === 'string' && !isStorable(place.value))
        return reply.send(wrong(place, 'holds a NUL character or half of a surrogate pair: leave it out.'))
  })
}

/** All values in a body, without recursion; where one is not looked into, the next is taken. */
function* placesIn(body: unknown): Generator<Place, void> {
  const waiting: Place[] = [{ value: body, depth: 0, name: '' }]
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    yield place
    const { value, depth } = place
    if (typeof value !== 'object' || value === null) continue
    for (const [name, inner] of Object.entries(value))
      waiting.push({ value: inner, depth: depth + 1, inside: place, name })
  }
}

function itemsOf(value: unknown): number {
  if (Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

function wrong(place: Place, problem: string): Failure {
  const field = nameOf(place)
  return failure('validation_failed', `${field || 'The body'} ${problem}`, field || 'body')
}

/** As validation-failure.ts names fields; empty for the body itself. */
function nameOf({ inside, name }: Place): string {
  return inside === undefined ? '' : memberName(nameOf(inside), name)
}

/** The field of the body that it is in: a name of sixteen steps would say no more. */
function outermost(place: Place): Place {
  const { inside } = place
  if (inside === undefined || (inside.inside === undefined && !Array.isArray(inside.value))) return place
  return outermost(inside)
}
