import type { Site } from '@lectern/shared'
import type { SiteRules } from '../messaging/messages.ts'

/** What of a site a page of it is told: where its lessons are, what is not of them and what stays as it is. */
export function siteRulesOf({ lesson, ignore, keep }: Partial<Site> = {}): SiteRules {
  return {
    ...(lesson === undefined ? {} : { lesson }),
    ...(ignore === undefined ? {} : { ignore }),
    ...(keep === undefined ? {} : { keep }),
  }
}
