import {
  BlockLesson,
  Course,
  type Failure,
  MarkdownLesson,
  Onboarding,
  PageQuery,
  Preferences,
  PreferencesChange,
  ProgressChange,
  PurgeQuery,
  ReportCreate,
  ReportResolution,
  RewritesQuery,
  Site,
  SiteReportsQuery,
  UsageQuery,
  UserCreate,
  WarmupChange,
  WarmupCreate,
  WarmupLesson,
} from '@lectern/shared'
import fc from 'fast-check'
import type { TSchema } from 'typebox'
import { describe, expect, it } from 'vitest'
import { boundJson } from './bound-json.ts'
import { compileValidator } from './compile-validator.ts'
import { arbitraryOf, type JsonSchema, mutantOf, type Path } from './testing/schema-arbitrary.ts'
import { validationFailure } from './validation-failure.ts'

/** All that a client can send, in bodies and queries. */
const schemas: Record<string, TSchema> = {
  UserCreate,
  Onboarding,
  Preferences,
  PreferencesChange,
  MarkdownLesson,
  BlockLesson,
  ProgressChange,
  ReportCreate,
  ReportResolution,
  Site,
  Course,
  WarmupCreate,
  WarmupLesson,
  WarmupChange,
  RewritesQuery,
  PageQuery,
  PurgeQuery,
  SiteReportsQuery,
  UsageQuery,
}
/** Counted, since each takes a while: a mutant that is no less right than its original tells nothing. */
const RUNS = 100

describe.each(Object.entries(schemas))('%s', (_name, schema) => {
  const validate = compileValidator({ schema, httpPart: 'body' } as Parameters<typeof compileValidator>[0])
  const valid = arbitraryOf(schema as JsonSchema)

  /** As a route refuses a body; nothing where it takes it. */
  function refusalOf(body: unknown): Failure | undefined {
    const unfit = boundJson(body)
    if (unfit) return unfit
    const read = validate(body) as { error?: Parameters<typeof validationFailure>[0] }
    return read.error && validationFailure(read.error, 'body', schema)
  }

  it('takes what it allows', () => {
    fc.assert(
      fc.property(valid, (body) => {
        expect(refusalOf(body)).toBeUndefined()
      }),
      { numRuns: RUNS, seed: 8 },
    )
  })

  it('refuses what it does not, naming the field, in a sentence', () => {
    let refused = 0
    fc.assert(
      fc.property(mutantOf(valid), ({ value, path }) => {
        const refusal = refusalOf(value)
        if (refusal === undefined) return
        refused += 1
        expect(refusal).toMatchObject({ error: 'validation_failed', message: expect.stringMatching(/\.$/) })
        expect(isNamed(path, refusal.detail ?? ''), `${path.join('.')} is said to be ${refusal.detail}`).toBe(
          true,
        )
      }),
      { numRuns: RUNS, seed: 8 },
    )
    expect(refused).toBeGreaterThan(RUNS / 4)
  })
})

/** Whether the failure names the place that was changed, one in it, or one around it. */
function isNamed(path: Path, detail: string): boolean {
  if (detail === 'body') return path.length < 2
  const named = detail.replaceAll(/\[(\d+)\]/g, '.$1').split('.')
  // Of a block with a field that is wrong it cannot be told which kind it was meant to be.
  const block = path.indexOf('blocks') + 2
  const compared = path.includes('blocks') ? Math.min(block, path.length) : path.length
  return named.every((name, i) => i >= compared || path[i] === name)
}
