import fc, { type Arbitrary } from 'fast-check'

/** As much of JSON Schema as the API's schemas use. */
export type JsonSchema = {
  type?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  patternProperties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  minProperties?: number
  uniqueItems?: boolean
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

/** Of lists and texts, which may be much longer: bodies have bounds of their own. */
const MOST_ITEMS = 3
const MOST_CHARACTERS = 40

/** Values by the name of their field that lead further than random ones: an id that there is, an address of a page. */
export type KnownValues = Readonly<Record<string, string>>

/** Values that a schema allows, often `known` ones. Throws for a kind of schema that the API does not use. */
export function arbitraryOf(schema: JsonSchema, known: KnownValues = {}): Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => arbitraryOf(one, known)))
  switch (schema.type) {
    case 'object':
      return objects(schema, known)
    case 'array':
      return lists(schema, known)
    case 'string':
      return texts(schema)
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6 })
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true })
    case 'boolean':
      return fc.boolean()
    default:
      throw new Error(`Tests know of no values for ${JSON.stringify(schema)}.`)
  }
}

function objects(
  { properties = {}, required = [], minProperties = 0 }: JsonSchema,
  known: KnownValues,
): Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, of]) => [name, fieldOf(name, of, known)])
  const values = Object.fromEntries(fields) as Record<string, Arbitrary<unknown>>
  const records = fc.record(values, { requiredKeys: required.filter((name) => name in values) })
  return records.filter((record) => Object.keys(record).length >= minProperties)
}

/** Values of a field, three of four being a known one where there is one. */
export function fieldOf(name: string, schema: JsonSchema, known: KnownValues): Arbitrary<unknown> {
  const random = arbitraryOf(schema, known)
  const value = known[name]
  if (value === undefined || schema.type !== 'string') return random
  return fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: random })
}

function lists(
  { items = {}, minItems = 0, maxItems = MOST_ITEMS, uniqueItems }: JsonSchema,
  known: KnownValues,
): Arbitrary<unknown> {
  const length = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, MOST_ITEMS)) }
  const item = arbitraryOf(items, known)
  return uniqueItems ? fc.uniqueArray(item, length) : fc.array(item, length)
}

function texts({ pattern, format, minLength = 0, maxLength = Infinity }: JsonSchema): Arbitrary<unknown> {
  if (format === 'uuid') return fc.uuid({ version: 4 })
  if (format === 'date') return dates.map((date) => date.toISOString().slice(0, 10))
  if (format === 'date-time') return dates.map((date) => date.toISOString())
  if (pattern === undefined) {
    const most = Math.max(minLength, Math.min(maxLength, MOST_CHARACTERS))
    return fc
      .string({ unit: 'grapheme', minLength, maxLength: most })
      .filter((text) => text.length <= maxLength)
  }
  // The library makes no text of \p{...}: these fit all patterns that have it.
  if (pattern.includes('\\p')) return fc.constantFrom('loop', 'Größe', 'for each')
  return fc.stringMatching(new RegExp(pattern)).filter((text) => text.length <= maxLength)
}

const dates = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })

/** A place in a value: the names and numbers on the way to it. */
export type Path = readonly string[]
export type Mutant = { value: unknown; path: Path }

/** What a client may send in a field instead of what belongs there. */
const strange = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, -1, 1.5, 1e308, 2 ** 53, '', '\0', '\ud800', ' ', [], {}, [[]], true),
  fc.constantFrom<unknown>('__proto__', '../..', '%00', "' or 1=1 --", '<script>', '\u202e'),
  fc.constantFrom<unknown>({ constructor: 1 }, { toString: 1, valueOf: 2 }, { length: 1e9 }),
  fc.integer({ min: 500, max: 900 }).map((length) => Array<unknown>(length).fill(0)),
  fc.integer({ min: 20, max: 600 }).map((length) => 'x'.repeat(length * length)),
)

/** A value with one place changed: another value there, or nothing, or a field that nobody knows. */
export function mutantOf(values: Arbitrary<unknown>): Arbitrary<Mutant> {
  const change = fc.constantFrom('replace', 'remove', 'add')
  return fc.tuple(values, fc.nat(), change, strange).map(([value, which, how, by]) => {
    const paths = pathsIn(value)
    const path = paths[which % paths.length] ?? []
    if (how === 'add' && isRecord(valueAt(value, path)))
      return { path: [...path, 'unheard_of'], value: changed(value, [...path, 'unheard_of'], by) }
    if (how === 'remove' && path.length > 0) return { path, value: changed(value, path, undefined) }
    return { path, value: changed(value, path, by) }
  })
}

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name]))]
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((at, name) => (at as Record<string, unknown>)[name], value)
}

/** Without what is `undefined`: JSON has no such thing. */
function changed(value: unknown, [name, ...rest]: Path, by: unknown): unknown {
  if (name === undefined) return by
  if (Array.isArray(value)) {
    const items: unknown[] = value.map((item, i) => (String(i) === name ? changed(item, rest, by) : item))
    return items.filter((item) => item !== undefined)
  }
  const record = value as Record<string, unknown>
  const { [name]: before, ...others } = record
  const after = changed(before, rest, by)
  return after === undefined ? others : { ...others, [name]: after }
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
