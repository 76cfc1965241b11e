import type { Failure } from '@lectern/shared'
import { failure } from '../failure.ts'
import { memberName } from './member-name.ts'

/** No body of the API nests deeper than seven, or has more items in a list than a lesson has sections. */
const MOST_DEPTH = 16
const MOST_ITEMS = 1_000

/** A value of a body and where it is. */
type Place = { value: unknown; depth: number; inside?: Place; name: string }

/**
 * Why a body is not even looked at: checks against a schema take time that grows with the square of a list's length
 * (20 s of a process for 50,000 items that had to differ), and their stack with the depth; and PostgreSQL refuses a
 * NUL in a text, and half a surrogate pair in JSON. In one pass without recursion; the failure names the field.
 */
export function boundJson(body: unknown): Failure | undefined {
  const waiting: Place[] = [{ value: body, depth: 0, name: '' }]
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value, depth } = place
    if (typeof value === 'string' && !isStorable(value)) return wrong(place, textProblem(value))
    if (typeof value !== 'object' || value === null) continue
    const names = Object.keys(value)
    if (names.length > MOST_ITEMS) return wrong(place, `has more than ${MOST_ITEMS} items: send fewer.`)
    if (depth > MOST_DEPTH) return wrong(outermost(place), 'is nested too deeply: see /api/openapi.json.')
    for (const name of names)
      waiting.push({ value: (value as Record<string, unknown>)[name], depth: depth + 1, inside: place, name })
  }
  return undefined
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

function textProblem(text: string): string {
  if (text.includes('\0')) return 'holds a NUL character: leave it out.'
  return 'holds half of a surrogate pair: send well-formed Unicode.'
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
