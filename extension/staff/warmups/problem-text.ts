import { i18n } from '../../locales/i18n.ts'
import { staffFailureText } from '../staff-failure-text.ts'
import type { PageProblem } from './warmup-run.ts'

/** Why a page could not be given to a warm-up, as a sentence. */
export function problemText(problem: PageProblem): string {
  if ('failure' in problem) return staffFailureText(problem.failure)
  switch (problem.reason) {
    case 'closed':
      return i18n.t('staff.check.warnings.unreadable')
    case 'too_large':
      return i18n.t('staff.check.warnings.very_large')
    default:
      return i18n.t(`page_state.reasons.${problem.reason}`)
  }
}
