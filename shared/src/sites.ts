import Type, { type Static } from 'typebox'
import { type LanguageTag, languageTags } from './languages.ts'
import { optionalProfileFields } from './profile.ts'
import { additionKinds } from './rewrites.ts'

const Selector = Type.String({ minLength: 1, maxLength: 200 })

const Patterns = Type.Array(Type.String({ minLength: 1, maxLength: 300 }), {
  minItems: 1,
  maxItems: 50,
  description: 'Scheme, host and path with * in the path: https://doc.rust-lang.org/book/*',
})

const Term = Type.String({
  pattern: '^(?=.{1,60}$)[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*(?:[ -][\\p{L}\\p{M}\\p{N}]+)*$',
  description: 'at most 60 letters, digits, single blanks and hyphens',
})

const Translations = Type.Object(
  Object.fromEntries(languageTags.map((tag) => [tag, Type.Optional(Term)])) as Record<
    LanguageTag,
    Type.TOptional<typeof Term>
  >,
  { additionalProperties: false, description: 'by language' },
)

/** A term that every rewrite keeps as it is; in a translation as the site wishes it, where it says so. */
export const GlossaryTerm = Type.Object(
  {
    term: Term,
    translations: Type.Optional(Translations),
  },
  { additionalProperties: false },
)
export type GlossaryTerm = Static<typeof GlossaryTerm>

/** A textbook that course staff have whitelisted. */
export const Site = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
    name: Type.String({ minLength: 1, maxLength: 120 }),
    patterns: Patterns,
    lesson_urls: Type.Optional(
      Type.Array(Patterns.items, {
        minItems: 1,
        maxItems: 50,
        description:
          'Of the same form and hosts: only pages that one of them means are lessons; all where absent.',
      }),
    ),
    lesson: Type.Optional(Selector),
    ignore: Type.Optional(Type.Array(Selector, { maxItems: 50 })),
    keep: Type.Optional(
      Type.Array(Selector, { maxItems: 50, description: 'What stays word for word, such as objectives.' }),
    ),
    subject: Type.Optional(Type.String({ pattern: '^[\\p{L}\\p{N} &-]{1,60}$' })),
    language: Type.Optional(Type.String({ pattern: '^[a-z]{2,3}$' })),
    policy: Type.Enum(['allow', 'on_request', 'deny']),
    denied_reason: Type.Optional(
      Type.String({
        // Marks that join letters may stand; what hides text, turns it around or breaks the line may not.
        pattern: '^[^\\p{Cc}\\p{Cs}\\u2028-\\u202E\\u2066-\\u2069]{1,300}$',
        description:
          'The site’s own words, in one line, for learners who find its lessons not rewritten: `deny`.',
      }),
    ),
    daily_token_budget: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1e12,
        description:
          'Tokens a day (UTC) that new rewrites of this site may take, within what the server allows; what is stored is always served.',
      }),
    ),
    text_check: Type.Optional(
      Type.Enum(['networks'], {
        description:
          'Of text that fewer than three networks have asked for, and that no warm-up holds, a learner’s new rewrites may take a tenth of the daily budget.',
      }),
    ),
    owner_agreed: Type.Optional(
      Type.Boolean({
        description: 'Staff have the owner’s word: what the site says to machines about AI does not count.',
      }),
    ),
    preferences: Type.Optional(
      Type.Array(Type.Enum(optionalProfileFields), {
        description: 'Those that matter here; all where absent.',
      }),
    ),
    glossary: Type.Optional(
      Type.Array(GlossaryTerm, {
        maxItems: 200,
        description: 'Not in the public list: only prompts need it.',
      }),
    ),
    additions: Type.Optional(
      Type.Array(Type.Enum(additionKinds), { description: 'Those that are allowed here; all where absent.' }),
    ),
  },
  { additionalProperties: false },
)
export type Site = Static<typeof Site>

/** What anybody may know of a site. */
export const PublicSite = Type.Omit(Site, ['glossary', 'daily_token_budget', 'text_check'], {
  additionalProperties: false,
})
export type PublicSite = Static<typeof PublicSite>

/** What anybody may know of this site. */
export function publicSite(site: Site): PublicSite {
  const { glossary: _terms, daily_token_budget: _budget, text_check: _check, ...known } = site
  return known
}

/** Whether an URL is meant by a pattern: same scheme, host and port; `*` in the path stands for any characters. */
export function matchesPattern(pattern: string, url: string): boolean {
  const parts = /^(https?):\/\/([^/*]+)(\/.*)$/.exec(pattern)
  if (parts === null || !URL.canParse(url)) return false
  const { protocol, host, pathname } = new URL(url)
  const [, scheme, patternHost, path] = parts
  return protocol === `${scheme}:` && host === patternHost && matchesPath(path ?? '', pathname)
}

/** Glob matching in linear space without a regular expression made from data. */
export function matchesPath(glob: string, path: string): boolean {
  const [start = '', ...rest] = glob.split('*')
  if (rest.length === 0) return path === glob
  const end = rest.pop() ?? ''
  if (!path.startsWith(start) || !path.endsWith(end) || path.length < start.length + end.length) return false
  let at = start.length
  const stop = path.length - end.length
  for (const part of rest) {
    const found = path.indexOf(part, at)
    if (found === -1 || found + part.length > stop) return false
    at = found + part.length
  }
  return true
}

/** Whether a page of the site is one of its lessons, as far as its address says so. */
export function isLessonUrl({ lesson_urls }: Pick<Site, 'lesson_urls'>, url: string): boolean {
  return lesson_urls?.some((pattern) => matchesPattern(pattern, url)) ?? true
}

/** The first site that lists the URL. */
export function siteOf(sites: readonly Site[], url: string): Site | undefined {
  return sites.find((site) => site.patterns.some((pattern) => matchesPattern(pattern, url)))
}
