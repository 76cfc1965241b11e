import type { SiteChange } from '@lectern/shared'
import { useEffect, useState } from 'react'
import { i18n, uiLanguage } from '../locales/i18n.ts'
import { changedFields } from './changed-fields.ts'
import { staffFailureText } from './staff-failure-text.ts'
import { callStaff, refreshLists } from './staff-store.ts'
import { timeText } from './time-text.ts'

type SiteHistoryProps = {
  id: string
  /** How often the site was changed since the page was opened. */
  changes: number
  onChanged: () => void
}

/** Who changed a textbook, when and what; each change can be undone. */
export function SiteHistory({ id, changes, onChanged }: SiteHistoryProps) {
  const [history, setHistory] = useState<SiteChange[]>([])
  const [status, setStatus] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again after each change
  useEffect(() => {
    void callStaff((client) => client.siteHistory(id)).then((read) => {
      if ('answer' in read) setHistory(read.answer)
      else if (read.failure.error !== 'site_not_found') setStatus(staffFailureText(read.failure))
    })
  }, [id, changes])

  async function undo({ change }: SiteChange): Promise<void> {
    const undone = await callStaff((client) => client.undoChange(id, change))
    if ('failure' in undone) return setStatus(staffFailureText(undone.failure))
    setStatus(i18n.t('staff.history.undone'))
    await refreshLists()
    onChanged()
  }

  return (
    <section className="card" aria-labelledby="history-title">
      <h2 id="history-title">{i18n.t('staff.history.title')}</h2>
      {history.length === 0 && <p className="hint">{i18n.t('staff.history.none')}</p>}
      <ul className="rows">
        {history.map((change) => {
          const time = timeText(change.changed_at)
          return (
            <li key={change.change}>
              <span>
                {sentenceOf(change)}
                <br />
                <span className="hint">
                  <bdi>{change.changed_by}</bdi>, <time dateTime={change.changed_at}>{time}</time>
                </span>
              </span>
              <button
                type="button"
                className="quiet"
                aria-label={i18n.t('staff.history.undo_named', { time })}
                onClick={() => void undo(change)}
              >
                {i18n.t('staff.history.undo')}
              </button>
            </li>
          )
        })}
      </ul>
      <p role="status" className="saved">
        {status}
      </p>
    </section>
  )
}

function sentenceOf({ before, after }: SiteChange): string {
  if (before === undefined) return i18n.t('staff.history.added')
  if (after === undefined) return i18n.t('staff.history.removed')
  const fields = changedFields(before, after).map((field) => i18n.t(`staff.form.${field}.label`))
  return i18n.t('staff.history.changed', {
    fields: new Intl.ListFormat(uiLanguage(), { type: 'conjunction' }).format(fields),
  })
}
