import type { Site } from '@lectern/shared'
import { i18n, numberText } from '../locales/i18n.ts'
import type { PageSummary } from './page-summary.ts'

/** Fewer words than this give a rewrite little to say. */
const LEAST_WORDS = 80
/** A page of more than this has no headings by mistake, not because it is short. */
const LONG_WORDS = 300

export type PageWarning =
  | 'no_lesson'
  | 'login'
  | 'very_large'
  | 'no_headings'
  | 'formulas_without_tex'
  | 'little_text'
  | 'no_language'

/** What staff should know of a page before their learners meet it. */
export function warningsOf(page: PageSummary, site: Pick<Site, 'language'>): PageWarning[] {
  if (page.password && (!page.lesson || page.words < LEAST_WORDS)) return ['login']
  if (!page.lesson) return ['no_lesson']
  if (page.too_large) return ['very_large']
  const found: (PageWarning | false)[] = [
    page.words >= LONG_WORDS && page.headings === 0 && 'no_headings',
    page.formulas_without_tex > 0 && 'formulas_without_tex',
    page.words < LEAST_WORDS && 'little_text',
    page.language === 'und' && site.language === undefined && 'no_language',
  ]
  return found.filter((one) => one !== false)
}

/** A warning in words. */
export function warningText(warning: PageWarning, page: PageSummary): string {
  switch (warning) {
    case 'no_lesson':
      return i18n.t('page_state.no_lesson.text', {
        reason: i18n.t(`page_state.reasons.${page.reason ?? 'no_lesson'}`),
      })
    case 'formulas_without_tex':
      return i18n.t('staff.check.warnings.formulas_without_tex', {
        count: numberText(page.formulas_without_tex),
      })
    default:
      return i18n.t(`staff.check.warnings.${warning}`)
  }
}
