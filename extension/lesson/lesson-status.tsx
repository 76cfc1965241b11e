import type { Failure, Provenance } from '@lectern/shared'
import { type ReactNode, useState } from 'react'
import { failureText } from '../locales/failure-text.ts'
import { countText, i18n, numberText } from '../locales/i18n.ts'
import type { Personalized } from './lesson-store.ts'
import { ReceiptDetails } from './receipt-details.tsx'
import { receiptSentence } from './receipt-sentence.ts'

export type LessonStatusActions = { onRetry(): void; onOpenOnboarding(): void; onOpenLedger(): void }

/** The line below the tabs: how far the rewrite is, what it kept and changed, or what to do next. */
export function LessonStatus({
  personalized,
  ...actions
}: { personalized: Personalized } & LessonStatusActions): ReactNode {
  const [isOpen, setOpen] = useState(false)
  const isReady = personalized.status === 'ready'
  return (
    <>
      <div className="status">
        <span role="status">
          <Sentence personalized={personalized} />
        </span>
        <NextStep personalized={personalized} {...actions} />
        {isReady && (
          <button type="button" className="action" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {i18n.t('receipt.details')}
          </button>
        )}
      </div>
      {isReady && isOpen && <ReceiptDetails {...personalized} onOpenLedger={actions.onOpenLedger} />}
    </>
  )
}

function Sentence({ personalized }: { personalized: Personalized }): ReactNode {
  switch (personalized.status) {
    case 'idle':
      return null
    case 'streaming':
      return <Progress {...personalized} />
    case 'ready': {
      const { receipt, provenance } = personalized
      return (
        <>
          {provenance.notice !== undefined && <span className="notice">{noticeOf(provenance.notice)} </span>}
          {receiptSentence(receipt, provenance, new Date())}
        </>
      )
    }
    case 'failed':
      return <bdi>{failureText(personalized.failure)}</bdi>
    case 'onboarding':
      return i18n.t('lesson.unknown_learner')
  }
}

/** A page stays too large, without text or its owner's, however often it is asked for. */
const lasting: ReadonlySet<Failure['error']> = new Set([
  'lesson_too_large',
  'lesson_empty',
  'owner_declined',
] as const)

function NextStep({
  personalized,
  onRetry,
  onOpenOnboarding,
}: { personalized: Personalized } & LessonStatusActions): ReactNode {
  if (personalized.status === 'failed' && !lasting.has(personalized.failure.error))
    return (
      <button type="button" className="action" onClick={onRetry}>
        {i18n.t('lesson.retry')}
      </button>
    )
  if (personalized.status === 'onboarding')
    return (
      <button type="button" className="action" onClick={onOpenOnboarding}>
        {i18n.t('lesson.questions')}
      </button>
    )
  return null
}

/** Counts for the eye at each block, for the ear at each quarter: a screen reader would talk all the time. */
function Progress({ done, total }: { done: number; total: number }): ReactNode {
  if (total === 0) return i18n.t('lesson.personalizing')
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
  return countText('lesson.progress', total, { done: numberText(done) })
}

function noticeOf(notice: NonNullable<Provenance['notice']>): string {
  return i18n.t(notice === 'sample' ? 'lesson.sample' : 'lesson.study_aids')
}
