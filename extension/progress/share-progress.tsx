import { useState } from 'react'
import { useStore } from 'zustand'
import { i18n } from '../locales/i18n.ts'
import { RichText } from '../locales/rich-text.tsx'
import { sendMessage } from '../messaging/send-message.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { afterWish, progressStore } from './progress-store.ts'

/** The learner's wish to keep progress on the course's server, too: off until they say so. */
export function ShareProgress({ sharedWith }: { sharedWith: string | null }) {
  const [isAway, setAway] = useState(false)
  const apiUrl = apiUrlOf(useStore(settingsStore.store))
  const { host } = new URL(apiUrl)

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
          checked={sharedWith === apiUrl}
          aria-describedby="share-progress"
          onChange={(event) => void wish(event.target.checked)}
        />
        {i18n.t('progress.share')}
      </label>
      <p id="share-progress" className="hint" role="status">
        {isAway ? i18n.t('progress.share_failed') : <RichText of="progress.share_hint" host={host} />}
      </p>
    </div>
  )
}
