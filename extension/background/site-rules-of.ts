import { isLessonUrl, type Site } from '@lectern/shared'
import type { SiteRules } from '../messaging/messages.ts'

/**
 * What of its site a page is told: whether its lessons are elsewhere, where on a page they stand, what is not of them
 * and what stays as it is.
 */
export function siteRulesOf(site: Partial<Site> | undefined, url: string): SiteRules {
  const { lesson, ignore, keep } = site ?? {}
  return {
    ...(site !== undefined && !isLessonUrl(site, url) && { elsewhere: true }),
    ...(lesson === undefined ? {} : { lesson }),
    ...(ignore === undefined ? {} : { ignore }),
    ...(keep === undefined ? {} : { keep }),
  }
}
