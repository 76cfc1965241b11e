import type { LessonProgress } from '@lectern/shared'
import { i18n, uiLanguage } from '../locales/i18n.ts'
import { sayProgress } from './say-progress.ts'

/** How far the learner is with the lesson before them, and a button to say that they are done with it. */
export function ThisLesson({
  url,
  address,
  progress,
}: {
  url: string
  address: string
  progress: LessonProgress | undefined
}) {
  const { state = 'not_started', seconds = 0 } = progress ?? {}
  const isCompleted = state === 'completed'
  const undone = seconds > 0 ? 'in_progress' : 'not_started'
  return (
    <div className="this-lesson">
      <p role="status">
        <span className={`state ${state}`} aria-hidden="true" />
        {i18n.t(`progress.${state}`)}
        {seconds >= 60 && <span className="hint"> · {minutesText(seconds)}</span>}
      </p>
      <button
        type="button"
        className="quiet"
        onClick={() => void sayProgress(url, address, isCompleted ? undone : 'completed')}
      >
        {i18n.t(isCompleted ? 'progress.mark_not_completed' : 'progress.mark_completed')}
      </button>
    </div>
  )
}

function minutesText(seconds: number): string {
  const format = new Intl.NumberFormat(uiLanguage(), { style: 'unit', unit: 'minute', unitDisplay: 'short' })
  return format.format(Math.round(seconds / 60))
}
