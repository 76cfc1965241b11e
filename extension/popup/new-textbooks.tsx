import type { Site } from '@lectern/shared'
import { useEffect, useState } from 'react'
import { newTextbooks, originsOf } from '../courses/textbooks.ts'
import { countText, i18n } from '../locales/i18n.ts'
import { sendMessage } from '../messaging/send-message.ts'
import { grantSites } from '../permissions/grant-sites.ts'
import { noteSeen } from '../storage/course-store.ts'

/** What staff have added since the learner last looked: allowed with one click, or not now. */
export function NewTextbooks() {
  const [added, setAdded] = useState<Site[]>([])
  useEffect(() => {
    // What is stored shows at once; then what the API says now.
    void newTextbooks().then(setAdded)
    void sendMessage('list-sites').then(newTextbooks).then(setAdded)
  }, [])

  async function allow(): Promise<void> {
    if (await grantSites([...new Set(added.flatMap(originsOf))])) await done()
  }

  async function done(): Promise<void> {
    await noteSeen(added.map(({ id }) => id))
    setAdded([])
  }

  if (added.length === 0) return null
  return (
    <section className="news" aria-labelledby="news-title">
      <h2 id="news-title">{countText('popup.new_textbooks', added.length)}</h2>
      <p>
        {i18n.t('popup.new_textbooks_hint')} <bdi>{added.map(({ name }) => name).join(', ')}</bdi>
      </p>
      <div className="actions">
        <button type="button" onClick={allow}>
          {i18n.t('textbooks.allow')}
        </button>
        <button type="button" className="quiet" onClick={done}>
          {i18n.t('popup.not_now')}
        </button>
      </div>
    </section>
  )
}
