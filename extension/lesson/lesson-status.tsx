import type { Failure, Provenance } from '@lectern/shared'
import type { ReactNode } from 'react'
import type { Personalized } from './lesson-store.ts'
import { receiptSentence } from './receipt-sentence.ts'

export type LessonStatusActions = { onRetry(): void; onOpenOnboarding(): void }

const notices: Record<NonNullable<Provenance['notice']>, string> = {
  study_aids: 'No language model is connected: these are study aids made from the lesson’s own sentences.',
  sample: 'Sample, written for the demo.',
}

/** The line below the tabs: how far the rewrite is, what it kept and changed, or what to do next. */
export function LessonStatus({
  personalized,
  ...actions
}: { personalized: Personalized } & LessonStatusActions): ReactNode {
  switch (personalized.status) {
    case 'idle':
      return null
    case 'streaming':
      return <Progress {...personalized} />
    case 'ready':
      return <ReadyLine {...personalized} />
    case 'failed':
      return <FailedLine {...personalized} onRetry={actions.onRetry} />
    case 'onboarding':
      return (
        <>
          <span>Lectern does not know yet whom to rewrite this lesson for.</span>
          <button type="button" className="action" onClick={actions.onOpenOnboarding}>
            Answer six questions
          </button>
        </>
      )
  }
}

/** A page stays too large, or without text, however often it is asked for. */
const lasting: ReadonlySet<Failure['error']> = new Set(['lesson_too_large', 'lesson_empty'] as const)

function FailedLine({ failure, onRetry }: { failure: Failure; onRetry(): void }): ReactNode {
  return (
    <>
      <span>{failure.message}</span>
      {!lasting.has(failure.error) && (
        <button type="button" className="action" onClick={onRetry}>
          Retry
        </button>
      )}
    </>
  )
}

/** Counts for the eye at each block, for the ear at each quarter: a screen reader would talk all the time. */
function Progress({ done, total }: { done: number; total: number }): ReactNode {
  if (total === 0) return <span>Personalizing this lesson …</span>
  const heard = Math.floor((Math.floor((done / total) * 4) / 4) * total)
  return (
    <>
      <span aria-hidden="true">{blocks(done, total)}</span>
      <span className="unseen">{blocks(heard, total)}</span>
      <span className="track" aria-hidden="true">
        <span className="done" style={{ inlineSize: `${(done / total) * 100}%` }} />
      </span>
    </>
  )
}

function blocks(done: number, total: number): string {
  return `${done} of ${total} ${total === 1 ? 'block' : 'blocks'}`
}

function ReadyLine({ receipt, provenance }: Extract<Personalized, { status: 'ready' }>): ReactNode {
  return (
    <>
      {provenance.notice !== undefined && <span className="notice">{notices[provenance.notice]}</span>}
      <span>{receiptSentence(receipt, provenance, new Date())}</span>
    </>
  )
}
