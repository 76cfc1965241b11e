import type { FastifySchemaCompiler } from 'fastify'
import { IsSchema, type TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'

/**
 * Validates by TypeBox, strictly: nothing is converted or dropped, but for a query's numbers, which arrive as text.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema)
  const read = httpPart === 'querystring' ? withNumbers(schema) : (value: unknown) => value
  return (raw: unknown) => {
    const value = read(raw)
    return validator.Check(value) ? { value } : { error: validator.Errors(value) as never }
  }
}

function withNumbers(schema: TSchema): (query: unknown) => unknown {
  const properties = 'properties' in schema ? Object.entries(schema.properties as object) : []
  const validators: [string, Validator][] = properties
    .filter(([, property]) => IsSchema(property) && !isText(property))
    .map(([name, property]) => [name, Compile(property)])
  return (query) => {
    const read: Record<string, unknown> = { ...(query as object) }
    for (const [name, validator] of validators) {
      const text = read[name]
      if (typeof text === 'string' && text !== '' && validator.Check(Number(text))) read[name] = Number(text)
    }
    return read
  }
}

function isText(schema: TSchema): boolean {
  return 'type' in schema && schema.type === 'string'
}
