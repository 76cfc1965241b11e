import { type ReportKind, reportKinds } from '@lectern/shared'
import { type ReactNode, type Ref, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { i18n } from '../locales/i18n.ts'
import type { LessonStore } from './lesson-store.ts'

export type ReportDialogProps = {
  ref: Ref<HTMLDivElement>
  store: LessonStore
  onReport(report: { kind: ReportKind; block?: number; withText: boolean }): void
  onClose(): void
}

/**
 * Asks what is wrong, from a list: a page's scripts can read what is typed even in a closed shadow root, and a
 * report needs no words of the learner.
 */
export function ReportDialog({ ref, store, onReport, onClose }: ReportDialogProps): ReactNode {
  const [kind, setKind] = useState<ReportKind>('wrong_content')
  const [withText, setWithText] = useState(false)
  const chosen = useStore(store, (state) => state.chosen)
  const form = useRef<HTMLFormElement>(null)

  function close(): void {
    form.current?.parentElement?.hidePopover()
    onClose()
  }

  function send(): void {
    close()
    const block = chosen === undefined ? {} : { block: chosen.index }
    onReport({ kind, ...block, withText: withText && chosen !== undefined })
    setWithText(false)
  }

  return (
    <div ref={ref} popover="auto" className="dialog" role="dialog" aria-label={i18n.t('report.title')}>
      <form
        ref={form}
        // A page that got hold of the form may submit it: what sends is a click, by pointer or by Enter.
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          // Textbooks have keys of their own, such as for the next page.
          event.stopPropagation()
          if (event.key === 'Escape') close()
        }}
      >
        <strong aria-hidden="true">{i18n.t('report.title')}</strong>
        <p dir="auto">
          {chosen === undefined
            ? i18n.t('report.about_lesson')
            : // Isolated: they may run the other way than the sentence around them.
              i18n.t('report.about_block', { words: `\u2068${chosen.words}\u2069` })}
        </p>
        {reportKinds.map((one) => (
          <label key={one}>
            <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
            {i18n.t(`report.kind_${one}`)}
          </label>
        ))}
        {chosen !== undefined && (
          <label className="apart">
            <input type="checkbox" checked={withText} onChange={() => setWithText(!withText)} />
            {i18n.t('report.with_text')}
          </label>
        )}
        <p>{i18n.t('report.goes_to')}</p>
        <p className="actions">
          <button type="submit" className="action" onClick={send}>
            {i18n.t('report.send')}
          </button>
          <button type="button" className="action" onClick={close}>
            {i18n.t('report.cancel')}
          </button>
        </p>
      </form>
    </div>
  )
}
