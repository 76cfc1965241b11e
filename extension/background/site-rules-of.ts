import { hasLessonAt, isLessonUrl, type Site } from '@lectern/shared'
import type { SiteRules } from '../messaging/messages.ts'
import type { SiteDocument } from '../storage/site-documents.ts'

/** The file by which a site declares its lessons. */
type Declared = Pick<SiteDocument, 'url' | 'file'>

/**
 * What a page is told: whether the lessons are elsewhere, where on a page they stand, what is not of them and what
 * stays as it is. Field by field, what staff say of the site comes before what the site says of itself.
 */
export function siteRulesOf(site: Partial<Site> | undefined, url: string, declared?: Declared): SiteRules {
  const { lesson, ignore, keep } = site ?? {}
  return {
    ...(isElsewhere(site, url, declared) && { elsewhere: true as const }),
    ...(isOnRequest(site, declared) && { on_request: true as const }),
    ...rulesOf(declared?.file),
    ...(lesson === undefined ? {} : { lesson }),
    ...(ignore === undefined ? {} : { ignore }),
    ...(keep === undefined ? {} : { keep }),
  }
}

/** Whether lessons are personalized only where their reader asks for it: what staff say comes before the site. */
export function isOnRequest(site: Partial<Site> | undefined, declared: Declared | undefined): boolean {
  return (site?.policy ?? declared?.file?.policy) === 'on_request'
}

function isElsewhere(site: Partial<Site> | undefined, url: string, declared: Declared | undefined): boolean {
  if (site?.lesson_urls !== undefined) return !isLessonUrl(site, url)
  return declared?.file != null && !hasLessonAt(declared.file, declared.url, url)
}

function rulesOf(file: SiteDocument['file'] | undefined): SiteRules {
  const { lesson, ignore, keep } = file ?? {}
  return {
    ...(lesson === undefined ? {} : { lesson: inBody(lesson) }),
    ...(ignore === undefined ? {} : { ignore }),
    ...(keep === undefined ? {} : { keep }),
  }
}

/** A file's selector may match anything, the whole document too, beside which no tabs can stand. */
function inBody(selector: string): string {
  return `:is(${selector}):not(:root, head, head *)`
}
