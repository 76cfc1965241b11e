import { additionKinds, type Failure, isLessonUrl, type Profile, type Site, siteOf } from '@lectern/shared'
import { failure } from '../failure.ts'
import { siteTerms } from './glossary.ts'
import type { Wanted } from './rewrite-keys.ts'

/** What of a request decides, beside the text, which rewrite it gets. */
type Asked = { adjustment?: -1 | 0 | 1; variant?: number }

/**
 * The site of a lesson, or why it gets no rewrite: a lesson of no listed site (or without a URL) is refused
 * unless the server allows it; a site may refuse rewrites itself, and say which of its pages are lessons.
 */
export function admitLesson(
  sites: readonly Site[],
  url: string | undefined,
  allowUnlisted: boolean,
): { site?: Site } | Failure {
  const site = url === undefined ? undefined : siteOf(sites, url)
  if (site !== undefined && url !== undefined)
    return deniedBy(site, 'url') ?? (isLessonUrl(site, url) ? { site } : notALesson(site))
  if (allowUnlisted) return {}
  return failure(
    'site_not_listed',
    'This lesson is on no site that the API lists. Ask your course staff to list it, or set LECTERN_ALLOW_UNLISTED=1 on a server of your own.',
    'url',
  )
}

/** Why a site's lessons get no rewrite, if so. `field` is what named the site. */
export function deniedBy({ policy, name, denied_reason }: Site, field: string): Failure | undefined {
  if (policy !== 'deny') return undefined
  const message = `${name} does not wish its lessons to be rewritten. Original is all there is here.`
  return {
    ...failure('site_denied', message, field),
    ...(denied_reason !== undefined && { words: denied_reason }),
  }
}

function notALesson({ name }: Site): Failure {
  const message = `This page is none of the lessons that ${name} has. Open one of them, or ask your course staff to count this page, too.`
  return failure('site_not_listed', message, 'url')
}

/** What is wanted of a lesson on a site; all additions and preferences count where the site does not say. */
export function wantedOf(
  profile: Profile,
  site: Site | undefined,
  { adjustment = 0, variant = 0 }: Asked,
): Wanted {
  return {
    profile,
    site: {
      ...(site?.subject === undefined ? {} : { subject: site.subject }),
      // In the order of the list: in which a site names them must make no other prompt.
      additions: additionKinds.filter((kind) => site?.additions?.includes(kind) ?? true),
      ...(site?.glossary === undefined ? {} : { glossary: siteTerms(site.glossary, profile.language) }),
    },
    ...(site?.preferences === undefined ? {} : { matters: site.preferences }),
    adjustment,
    variant,
  }
}
