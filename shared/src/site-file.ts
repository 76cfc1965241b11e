import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { matchesPath, Site } from './sites.ts'

/** Where the owner of a whole origin puts their file; who owns a path alone names theirs by `<link rel="lectern">`. */
export const wellKnownSiteFile = '/.well-known/lectern.json'

const { lesson, ignore, keep, subject, language, policy, denied_reason, preferences, glossary, additions } =
  Site.properties

/**
 * What a textbook says of itself, in `lectern.json`. It only asks: a learner's grant and the registry decide. What
 * would reach a prompt (subject, glossary and the like) counts once staff have taken it over into the registry.
 */
export const SiteFile = Type.Object(
  {
    $schema: Type.Optional(
      Type.String({ maxLength: 300, description: 'For editors; nothing is fetched from it.' }),
    ),
    version: Type.Literal(1),
    lesson,
    ignore,
    keep,
    lessons: Type.Optional(
      Type.Array(
        Type.String({
          pattern: '^[^/\\s?#:\\\\][^\\s?#:\\\\]{0,299}$',
          description: 'A path below the folder of this file, with * for any characters: docs/*',
        }),
        { maxItems: 50, description: 'Where the lessons are; all pages of the folder where absent.' },
      ),
    ),
    policy: Type.Optional(policy),
    reason: denied_reason,
    subject,
    language,
    glossary,
    preferences,
    additions,
  },
  { additionalProperties: false },
)
export type SiteFile = Static<typeof SiteFile>

/** The JSON Schema of `lectern.json`, as published. */
export const siteFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'lectern.json',
  description: 'What a textbook asks of Lectern.',
  ...SiteFile,
}

/** The file that a text is, or the place of what is wrong with it. */
export function parseSiteFile(text: string): { file: SiteFile } | { problem: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: 'no JSON' }
  }
  if (Value.Check(SiteFile, value)) return { file: value }
  const [error] = Value.Errors(SiteFile, value)
  return { problem: error?.instancePath || 'the whole' }
}

/** The file of a whole origin, as an address. */
export function wellKnownOf(pageUrl: string): string {
  return new URL(pageUrl).origin + wellKnownSiteFile
}

/** The folder whose pages a file speaks for, as an address: all of the origin where it stands at the known place. */
export function scopeOf(fileUrl: string): string {
  const { origin, pathname } = new URL(fileUrl)
  return origin + (pathname === wellKnownSiteFile ? '/' : pathname.replace(/[^/]*$/, ''))
}

/** Whether a file speaks for a page: of its own origin, below its own folder. */
export function speaksFor(fileUrl: string, pageUrl: string): boolean {
  if (!URL.canParse(fileUrl) || !URL.canParse(pageUrl)) return false
  const { origin, pathname } = new URL(pageUrl)
  return (origin + pathname).startsWith(scopeOf(fileUrl))
}

/** Whether a file calls a page that it speaks for a lesson, as far as its paths say. */
export function hasLessonAt(
  { lessons }: Pick<SiteFile, 'lessons'>,
  fileUrl: string,
  pageUrl: string,
): boolean {
  if (lessons === undefined) return true
  const { pathname } = new URL(pageUrl)
  const folder = new URL(scopeOf(fileUrl)).pathname
  return lessons.some((path) => matchesPath(folder + path, pathname))
}
