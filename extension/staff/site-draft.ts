import { type Failure, type GlossaryTerm, languageTags, Site } from '@lectern/shared'
import { Value } from 'typebox/value'

/** A site as its form holds it: lists are lines of text. */
export type SiteDraft = {
  id: string
  name: string
  patterns: string
  lesson_urls: string
  lesson: string
  ignore: string
  keep: string
  subject: string
  language: string
  policy: Site['policy']
  denied_reason: string
  owner_agreed: boolean
  /** Whether texts are checked to be the textbook's own. */
  text_check: boolean
  daily_token_budget: string
  /** Absent where all matter. */
  preferences: Site['preferences']
  /** Absent where all are allowed. */
  additions: Site['additions']
  glossary: string
}
export type DraftField = keyof SiteDraft

/** What is wrong with a field, with the number of its line where it has lines. */
export type FieldProblem = { field: DraftField; line?: number; message?: string }

export function draftOf(site: Site): SiteDraft {
  return {
    id: site.id,
    name: site.name,
    patterns: site.patterns.join('\n'),
    lesson_urls: (site.lesson_urls ?? []).join('\n'),
    lesson: site.lesson ?? '',
    ignore: (site.ignore ?? []).join('\n'),
    keep: (site.keep ?? []).join('\n'),
    subject: site.subject ?? '',
    language: site.language ?? '',
    policy: site.policy,
    denied_reason: site.denied_reason ?? '',
    owner_agreed: site.owner_agreed ?? false,
    text_check: site.text_check !== undefined,
    daily_token_budget: site.daily_token_budget?.toString() ?? '',
    preferences: site.preferences,
    additions: site.additions,
    glossary: (site.glossary ?? []).map(termLine).join('\n'),
  }
}

/** The site that a draft says; what the form does not show stays as in `before`. */
export function siteOfDraft(draft: SiteDraft, before?: Site): Site {
  const shown: Site = {
    id: draft.id.trim(),
    name: draft.name.trim(),
    patterns: linesOf(draft.patterns),
    policy: draft.policy,
    ...(draft.lesson.trim() && { lesson: draft.lesson.trim() }),
    ...withLines('lesson_urls', draft.lesson_urls),
    ...withLines('ignore', draft.ignore),
    ...withLines('keep', draft.keep),
    ...(draft.subject.trim() && { subject: draft.subject.trim() }),
    ...(draft.language.trim() && { language: draft.language.trim() }),
    ...(draft.denied_reason.trim() && { denied_reason: draft.denied_reason.trim() }),
    ...(draft.owner_agreed && { owner_agreed: true }),
    ...(draft.text_check && { text_check: 'networks' }),
    ...(draft.daily_token_budget.trim() && { daily_token_budget: Number(draft.daily_token_budget) }),
    ...(draft.preferences && { preferences: draft.preferences }),
    ...(draft.additions && { additions: draft.additions }),
    ...(linesOf(draft.glossary).length > 0 && { glossary: linesOf(draft.glossary).map(termOf) }),
  }
  const fields = Object.keys(draft)
  const others = Object.entries(before ?? {}).filter(([field]) => !fields.includes(field))
  return { ...Object.fromEntries(others), ...shown }
}

/** The fields that the shared schema does not take. */
export function problemsOf(site: Site): FieldProblem[] {
  const problems = [...Value.Errors(Site, site)].flatMap(
    ({ instancePath }) => problemAt(instancePath, '/') ?? [],
  )
  const seen = new Set<string>()
  return problems.filter(({ field, line }) => {
    const key = `${field} ${line ?? ''}`
    return !seen.has(key) && seen.add(key)
  })
}

/** The field that the API's answer names; nothing where it names none of the form. */
export function problemOfFailure({ error, detail = '', message }: Failure): FieldProblem | undefined {
  if (error !== 'validation_failed' && error !== 'site_exists') return undefined
  const problem = problemAt(`/${detail.replaceAll('.', '/').replace(/^\/+/, '')}`, '/')
  return problem && { ...problem, message }
}

function problemAt(path: string, separator: string): FieldProblem | undefined {
  const [, name = '', index] = path.split(separator)
  if (!isField(name)) return undefined
  return index === undefined || !/^\d+$/.test(index)
    ? { field: name }
    : { field: name, line: Number(index) + 1 }
}

const fields: Record<DraftField, true> = {
  id: true,
  name: true,
  patterns: true,
  lesson_urls: true,
  denied_reason: true,
  owner_agreed: true,
  text_check: true,
  daily_token_budget: true,
  lesson: true,
  ignore: true,
  keep: true,
  subject: true,
  language: true,
  policy: true,
  preferences: true,
  additions: true,
  glossary: true,
}

function isField(name: string): name is DraftField {
  return Object.hasOwn(fields, name)
}

function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => line.trim() || [])
}

function withLines<F extends 'lesson_urls' | 'ignore' | 'keep'>(
  field: F,
  text: string,
): { [K in F]?: string[] } {
  const lines = linesOf(text)
  return (lines.length === 0 ? {} : { [field]: lines }) as { [K in F]?: string[] }
}

/** A term on a line of its own: `recursion = ur: تکرار, de: Rekursion`. */
function termLine({ term, translations = {} }: GlossaryTerm): string {
  const said = Object.entries(translations).map(([tag, text]) => `${tag}: ${text}`)
  return said.length === 0 ? term : `${term} = ${said.join(', ')}`
}

function termOf(line: string): GlossaryTerm {
  const [term = '', ...rest] = line.split('=')
  const said = rest.join('=').trim()
  if (said === '') return { term: term.trim() }
  const pairs = said.split(/[,،;]/).map((pair) => pair.split(':').map((part) => part.trim()))
  const tagOf = (tag: string) => languageTags.find((one) => one.toLowerCase() === tag.toLowerCase()) ?? tag
  // What is no language, or no term, is for the schema to find.
  const translations = Object.fromEntries(pairs.map(([tag = '', text = '']) => [tagOf(tag), text]))
  return { term: term.trim(), translations }
}
