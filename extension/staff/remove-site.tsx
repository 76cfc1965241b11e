import type { Site } from '@lectern/shared'
import { useState } from 'react'
import { i18n } from '../locales/i18n.ts'
import { staffFailureText } from './staff-failure-text.ts'
import { callStaff, refreshLists } from './staff-store.ts'

type RemoveSiteProps = { site: Site; onRemoved: () => void; onFailed: (said: string) => void }

/** Takes a textbook off the whitelist, after it was asked whether that is meant. */
export function RemoveSite({ site, onRemoved, onFailed }: RemoveSiteProps) {
  const [asking, setAsking] = useState(false)

  async function remove(): Promise<void> {
    setAsking(false)
    const removed = await callStaff((client) => client.removeSite(site.id))
    if ('failure' in removed) return onFailed(staffFailureText(removed.failure))
    await refreshLists()
    onRemoved()
  }

  if (!asking)
    return (
      <button type="button" className="danger" onClick={() => setAsking(true)}>
        {i18n.t('staff.form.remove')}
      </button>
    )
  return (
    <>
      <p role="alert">{i18n.t('staff.form.remove_ask', { name: site.name })}</p>
      <button type="button" className="danger" onClick={() => void remove()}>
        {i18n.t('staff.form.remove')}
      </button>
      <button type="button" className="quiet" onClick={() => setAsking(false)}>
        {i18n.t('report.cancel')}
      </button>
    </>
  )
}
