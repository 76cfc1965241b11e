import {
  cleanLines,
  type Failure,
  type ReportCreate,
  type ReportMade,
  reportsADay,
  type Site,
} from '@lectern/shared'
import { failure, isFailure } from '../failure.ts'
import { userNotFound } from '../learners/accounts.ts'
import { admitLesson } from '../rewriting/admit-lesson.ts'
import type { ReportStore } from './ports.ts'

export type ReportPorts = {
  reports: ReportStore
  sites(): Promise<readonly Site[]>
  allowUnlisted: boolean
}

/**
 * Keeps what a learner reports of a lesson for the staff of its site. Fails with `validation_failed` for an address
 * that is none, as {@link admitLesson} does, with `user_not_found`, or with `too_many_requests` after
 * {@link reportsADay} within 24 hours.
 */
export async function reportProblem(
  { reports, sites, allowUnlisted }: ReportPorts,
  userId: string,
  { url, text, ...report }: ReportCreate,
): Promise<ReportMade | Failure> {
  const address = addressOf(url)
  if (address === undefined)
    return failure('validation_failed', 'url must be the lesson’s http or https address.', 'url')
  const admitted = admitLesson(await sites(), address, allowUnlisted)
  if (isFailure(admitted)) return admitted
  const shown = cleanLines(text ?? '')
  const outcome = await reports.add(
    {
      ...report,
      user_id: userId,
      url: address,
      ...(admitted.site && { site: admitted.site.id }),
      ...(shown !== '' && { text: shown }),
    },
    reportsADay,
  )
  if (outcome.kept) return { report_id: outcome.report_id }
  return outcome.reason === 'unknown_learner' ? userNotFound() : tooManyReports(outcome.retry_after)
}

/** The address without what a site may note of its reader in it. */
function addressOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, origin, pathname } = new URL(url)
  return protocol === 'https:' || protocol === 'http:' ? origin + pathname : undefined
}

function tooManyReports(retryAfter: number): Failure {
  const message = `These are ${reportsADay} reports within a day, and staff will look at them: report more tomorrow.`
  return { ...failure('too_many_requests', message), retry_after: retryAfter }
}
