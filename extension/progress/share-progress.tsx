import { useState } from 'react'
import { useStore } from 'zustand'
import { i18n } from '../locales/i18n.ts'
import { RichText } from '../locales/rich-text.tsx'
import { sendMessage } from '../messaging/send-message.ts'
import { takenAway } from '../school/school-policy.ts'
import { useSchoolPolicy } from '../school/use-school-policy.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { afterWish, progressStore } from './progress-store.ts'

/** The learner's wish to keep progress on the course's server, too: off until they say so. */
export function ShareProgress({ sharedWith }: { sharedWith: string | null }) {
  const [isAway, setAway] = useState(false)
  const apiUrl = apiUrlOf(useStore(settingsStore.store))
  const { host } = new URL(apiUrl)
  const isOff = takenAway(useSchoolPolicy()).progressSync

  async function wish(shared: boolean): Promise<void> {
    await progressStore.update((kept) => afterWish(kept, shared ? apiUrl : null))
    const outcome = shared ? await sendMessage('sync-progress') : { ok: true }
    setAway(!outcome.ok)
  }

  return (
    <div className="share-progress">
      <label>
        <input
          type="checkbox"
          checked={!isOff && sharedWith === apiUrl}
          disabled={isOff}
          aria-describedby="share-progress"
          onChange={(event) => void wish(event.target.checked)}
        />
        {i18n.t('progress.share')}
      </label>
      <p id="share-progress" className="hint" role="status">
        {isOff ? i18n.t('school.off') : <Hint isAway={isAway} host={host} />}
      </p>
    </div>
  )
}

function Hint({ isAway, host }: { isAway: boolean; host: string }) {
  return isAway ? i18n.t('progress.share_failed') : <RichText of="progress.share_hint" host={host} />
}
