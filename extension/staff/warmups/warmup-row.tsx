import type { Warmup, WarmupChange, WarmupDetails, WarmupFailure } from '@lectern/shared'
import { useEffect, useState } from 'react'
import { i18n, numberText } from '../../locales/i18n.ts'
import { staffFailureText } from '../staff-failure-text.ts'
import { callStaff } from '../staff-store.ts'
import { timeText } from '../time-text.ts'
import type { LessonPage } from './lesson-pages.ts'
import { problemText } from './problem-text.ts'
import { profileText } from './profile-words.ts'
import { pauseRun, stopRun, type WarmupRun } from './warmup-run.ts'

type WarmupRowProps = {
  warmup: Warmup
  /** The reading of its lessons, where that is under way or was. */
  run: WarmupRun | undefined
  onChanged: () => void
  onAgain: (pages: LessonPage[], profiles: string[]) => void
}

/** One warm-up: how far it is, what can be done with it, and what could not be made. */
export function WarmupRow({ warmup, run, onChanged, onAgain }: WarmupRowProps) {
  const { warmup_id, state, waiting, made, failed } = warmup
  const [problem, setProblem] = useState('')
  const isReading = run !== undefined && run.state !== 'ended'
  const isOpen = isReading || state === 'paused' || (state === 'running' && waiting > 0)
  const isPaused = state === 'paused'

  async function change(to: WarmupChange['state']): Promise<void> {
    if (run !== undefined && to === 'cancelled') stopRun()
    else if (run !== undefined) pauseRun(to === 'paused')
    const changed = await callStaff((client) => client.changeWarmup(warmup_id, to))
    setProblem('failure' in changed ? staffFailureText(changed.failure) : '')
    onChanged()
  }

  const total = made + failed + waiting
  const time = timeText(warmup.created_at)
  return (
    <li className="warmup">
      <div>
        <b>{i18n.t(`staff.warmups.states.${isReading && state === 'done' ? 'running' : state}`)}</b>{' '}
        <span className="hint">
          <bdi>{warmup.created_by}</bdi>, {time}
        </span>
        {isReading && (
          <p role="status">
            {i18n.t('staff.warmups.reading', {
              number: numberText(Math.min(run.read + 1, run.total)),
              total: numberText(run.total),
            })}
          </p>
        )}
        <p>
          {i18n.t('staff.warmups.progress', {
            made: numberText(made),
            total: numberText(total),
            failed: numberText(failed),
          })}
        </p>
        {total > 0 && (
          <progress max={total} value={made + failed} aria-label={i18n.t('staff.warmups.made_label')} />
        )}
        {run !== undefined && run.problems.length > 0 && (
          <Unread run={run} onAgain={() => onAgain(pagesOf(run), warmup.profiles)} />
        )}
        {failed > 0 && <Failed warmup={warmup} onAgain={onAgain} />}
        <p role="status" className="problem">
          {problem}
        </p>
      </div>
      {isOpen && (
        <span className="row-actions">
          <button
            type="button"
            className="quiet"
            aria-label={i18n.t(isPaused ? 'staff.warmups.resume_named' : 'staff.warmups.pause_named', {
              time,
            })}
            onClick={() => void change(isPaused ? 'running' : 'paused')}
          >
            {i18n.t(isPaused ? 'staff.warmups.resume' : 'staff.warmups.pause')}
          </button>
          <button
            type="button"
            className="danger"
            aria-label={i18n.t('staff.warmups.stop_named', { time })}
            onClick={() => void change('cancelled')}
          >
            {i18n.t('staff.check.stop')}
          </button>
        </span>
      )}
    </li>
  )
}

function pagesOf({ problems }: WarmupRun): LessonPage[] {
  return problems.map(({ page }) => page)
}

/** Pages whose lessons could not be read, or were not taken. */
function Unread({ run, onAgain }: { run: WarmupRun; onAgain: () => void }) {
  return (
    <details>
      <summary>{i18n.t('staff.warmups.unread', { count: numberText(run.problems.length) })}</summary>
      <ul>
        {run.problems.map(({ page, problem }) => (
          <li key={page.url}>
            <a href={page.url} target="_blank" rel="noreferrer">
              <bdi>{page.title}</bdi>
            </a>
            : {problemText(problem)}
          </li>
        ))}
      </ul>
      {run.state === 'ended' && (
        <button type="button" className="quiet" onClick={onAgain}>
          {i18n.t('staff.warmups.again')}
        </button>
      )}
    </details>
  )
}

/** Rewrites that could not be made. */
function Failed({ warmup, onAgain }: Pick<WarmupRowProps, 'warmup' | 'onAgain'>) {
  const [details, setDetails] = useState<WarmupDetails>()
  const { warmup_id, failed } = warmup
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when more of it has failed
  useEffect(() => {
    void callStaff((client) => client.findWarmup(warmup_id)).then((read) => {
      if ('answer' in read) setDetails(read.answer)
    })
  }, [warmup_id, failed])
  const failures = details?.failures ?? []
  const pages = pagesThatFailed(failures)
  return (
    <details>
      <summary>{i18n.t('staff.warmups.failed', { count: numberText(failed) })}</summary>
      <ul>
        {failures.map((one) => (
          <li key={`${one.lesson_slug} ${one.profile}`}>
            <bdi>{one.title}</bdi>: <span dir="auto">{staffFailureText(one)}</span>
            <br />
            <span className="hint">{profileText(one.profile)}</span>
          </li>
        ))}
      </ul>
      {pages.length > 0 && (
        <button
          type="button"
          className="quiet"
          onClick={() => onAgain(pages, [...new Set(failures.map(({ profile }) => profile))])}
        >
          {i18n.t('staff.warmups.again')}
        </button>
      )}
    </details>
  )
}

function pagesThatFailed(failures: readonly WarmupFailure[]): LessonPage[] {
  const pages = failures.flatMap(({ url, title }) =>
    url === undefined ? [] : [[url, { url, title }] as const],
  )
  return [...new Map(pages).values()]
}
