import type { Failure } from '@lectern/shared'
import type { FastifySchemaValidationError } from 'fastify'
import { failure } from '../failure.ts'
import { memberName } from './member-name.ts'

export type RequestPart = 'body' | 'params' | 'querystring' | 'headers'

/** As much of an error as typebox gives. */
type Violation = Pick<FastifySchemaValidationError, 'keyword' | 'instancePath' | 'schemaPath' | 'params'> & {
  message?: string
}

/** Says in a sentence which field of a request breaks its schema, and what is allowed there. */
export function validationFailure(violations: Violation[], part: RequestPart, schema: unknown): Failure {
  const violation = mostTelling(violations)
  if (!violation)
    return failure('validation_failed', `The ${part} does not fit: see /api/openapi.json.`, part)
  const { instancePath, keyword, schemaPath, params } = violation
  const field = fieldName(instancePath)
  const place = subschema(schema, schemaPath)

  if (keyword === 'required') return missing(field, params.requiredProperties as string[])
  if (keyword === 'additionalProperties') {
    const [unknown = ''] = params.additionalProperties as string[]
    const name = memberName(field, unknown)
    const known = Object.keys((place?.properties as object | undefined) ?? {})
    return failure('validation_failed', `${name} is not known here: allowed are ${known.join(', ')}.`, name)
  }
  if (keyword === 'enum') return wrong(field, `must be one of ${allowedValues(violations, instancePath)}.`)
  if (keyword === 'pattern' && typeof place?.description === 'string')
    return wrong(field, `must be: ${place.description}.`)
  if (field === '') return wrong('', emptyOrNoObject(keyword), part)
  if (keyword === 'type') return wrong(field, `must be of type ${String(params.type)}.`)
  return wrong(field, `${violation.message}.`)
}

/** Of the branches of a choice, the one that another value chose breaks at that value, which says nothing. */
function mostTelling(violations: Violation[]): Violation | undefined {
  const telling = violations.filter(({ keyword }) => keyword !== 'boolean' && keyword !== 'anyOf')
  const isChoice = ({ keyword, schemaPath }: Violation) =>
    keyword === 'enum' && schemaPath.includes('/anyOf/')
  const isOtherBranch = (violation: Violation) =>
    isChoice(violation) &&
    // A value that chooses no branch at all breaks each of them there.
    telling.filter((other) => isChoice(other) && other.instancePath === violation.instancePath).length < 2
  const noBranch = telling.find((violation) => isChoice(violation) && !isOtherBranch(violation))
  if (noBranch) return noBranch
  return telling.find((violation) => !isOtherBranch(violation)) ?? telling[0]
}

function missing(field: string, names: string[]): Failure {
  const all = names.map((name) => memberName(field, name))
  if (all[0] === 'X-User-ID')
    return failure('missing_user', 'The header X-User-ID is missing: send the user’s id (a UUID v4).', all[0])
  const message = `${all.join(', ')} ${all.length === 1 ? 'is' : 'are'} missing.`
  return failure('validation_failed', message, all[0])
}

function wrong(field: string, rule: string, detail = field): Failure {
  return failure('validation_failed', field ? `${field} ${rule}` : rule, detail)
}

function emptyOrNoObject(keyword: string): string {
  return keyword === 'minProperties'
    ? 'The body is empty: send at least one field.'
    : 'The body must be a JSON object, sent as application/json.'
}

function allowedValues(violations: Violation[], instancePath: string): string {
  const values = violations
    .filter((violation) => violation.keyword === 'enum' && violation.instancePath === instancePath)
    .flatMap(({ params }) => params.allowedValues as unknown[])
  return [...new Set(values)].join(', ')
}

/** From a JSON pointer: "/sections/0/hash" → "sections[0].hash". */
function fieldName(pointer: string): string {
  const names = pointer.split('/').slice(1)
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~')).reduce(memberName, '')
}

function subschema(schema: unknown, path: string): Record<string, unknown> | undefined {
  let at: unknown = schema
  for (const step of path.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as Record<string, unknown>)[step]
  }
  return typeof at === 'object' && at !== null ? (at as Record<string, unknown>) : undefined
}
