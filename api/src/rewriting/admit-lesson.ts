import { additionKinds, type Failure, type Profile, type Site, siteOf } from '@lectern/shared'
import { failure } from '../failure.ts'
import type { Wanted } from './rewrite-keys.ts'

/** What of a request decides, beside the text, which rewrite it gets. */
type Asked = { adjustment?: -1 | 0 | 1; variant?: number }

/**
 * The site of a lesson, or why it gets no rewrite: a lesson of no listed site (or without a URL) is refused
 * unless the server allows it; a site may refuse rewrites itself.
 */
export function admitLesson(
  sites: readonly Site[],
  url: string | undefined,
  allowUnlisted: boolean,
): { site?: Site } | Failure {
  const site = url === undefined ? undefined : siteOf(sites, url)
  if (site?.policy === 'deny')
    return failure(
      'site_denied',
      `${site.name} does not wish its lessons to be rewritten. Original is all there is here.`,
      'url',
    )
  if (site !== undefined) return { site }
  if (allowUnlisted) return {}
  return failure(
    'site_not_listed',
    'This lesson is on no site that the API lists. Ask your course staff to list it, or set LECTERN_ALLOW_UNLISTED=1 on a server of your own.',
    'url',
  )
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
      additions: site?.additions ?? additionKinds,
    },
    ...(site?.preferences === undefined ? {} : { matters: site.preferences }),
    adjustment,
    variant,
  }
}
