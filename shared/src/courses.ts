import Type, { type Static } from 'typebox'
import { Site } from './sites.ts'

const codeForm = '[A-Za-z0-9-]{4,32}'

/** A course's code as staff hand it out; lower case where it is kept. */
export const CourseCode = Type.String({
  pattern: `^${codeForm}$`,
  description: '4 to 32 of a-z, 0-9 and -; upper case is taken for lower case',
})

/** A list of sites that staff hand to their learners under one code. */
export const Course = Type.Object(
  {
    code: Type.String({ pattern: '^[a-z0-9-]{4,32}$' }),
    name: Type.String({ minLength: 1, maxLength: 120 }),
    sites: Type.Array(Site.properties.id, { maxItems: 200, description: 'ids of sites of GET /api/sites' }),
  },
  { additionalProperties: false },
)
export type Course = Static<typeof Course>

/** Why a text is no course link; `message` says it in English with what to do. */
export type CourseLinkProblem = {
  problem: 'empty' | 'no_code' | 'no_course_address' | 'not_http' | 'has_password'
  message: string
}

const messages: Record<CourseLinkProblem['problem'], string> = {
  empty: 'Paste the course link or type the code that you were given.',
  no_code: 'A course code has 4 to 32 letters, digits and hyphens: look at it again.',
  no_course_address: 'This is no course link: its address ends in /course/ and a code. Paste the whole link.',
  not_http: 'A course link begins with https:// or http://: paste the whole link.',
  has_password: 'Leave name and password out of the link.',
}

/**
 * Reads what a learner was given: a course link, `<address of an API>/course/<code>`, or a code alone, which belongs
 * to `defaultApi`. `api` has no slash at its end. What follows ? or # in a link, as mail programs add, is left out.
 */
export function parseCourseLink(
  text: string,
  defaultApi: string,
): { api: string; code: string } | CourseLinkProblem {
  const given = text.trim()
  if (given === '') return fails('empty')
  if (new RegExp(`^${codeForm}$`).test(given)) return { api: defaultApi, code: given.toLowerCase() }
  if (!given.includes('/')) return fails('no_code')
  const link = URL.canParse(given) ? given : `https://${given}`
  return URL.canParse(link) ? readLink(new URL(link)) : fails('no_course_address')
}

/** The link under which learners find a course of the API at this address. */
export function courseLink(api: string, code: string): string {
  return `${api}/course/${code}`
}

function readLink({ protocol, username, password, origin, pathname }: URL) {
  if (protocol !== 'https:' && protocol !== 'http:') return fails('not_http')
  if (username || password) return fails('has_password')
  const [, folder, code] = /^(.*)\/course\/([^/]*)\/?$/.exec(pathname) ?? []
  if (folder === undefined || code === undefined) return fails('no_course_address')
  if (!new RegExp(`^${codeForm}$`).test(code)) return fails('no_code')
  return { api: (origin + folder).replace(/\/+$/, ''), code: code.toLowerCase() }
}

function fails(problem: CourseLinkProblem['problem']): CourseLinkProblem {
  return { problem, message: messages[problem] }
}
