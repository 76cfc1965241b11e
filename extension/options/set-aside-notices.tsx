import { useEffect, useState } from 'react'
import { i18n, uiLanguage } from '../locales/i18n.ts'
import { forgetSetAside, readSetAside, type SetAside } from '../storage/set-aside.ts'

/** What Lectern could not read of what it had kept: said once, until the learner has taken note. */
export function SetAsideNotices() {
  const [notices, setNotices] = useState<SetAside[]>([])
  useEffect(() => void readSetAside().then(setNotices), [])

  async function forget(): Promise<void> {
    await forgetSetAside()
    setNotices([])
  }

  if (notices.length === 0) return null
  return (
    <section className="card" role="alert">
      {notices.map(({ key, found_at }) => (
        <p key={`${key} ${found_at}`}>
          {i18n.t('storage.set_aside', {
            key,
            date: new Intl.DateTimeFormat(uiLanguage(), { dateStyle: 'medium' }).format(found_at),
          })}
        </p>
      ))}
      <button type="button" className="quiet" onClick={forget}>
        {i18n.t('options.set_aside.forget')}
      </button>
    </section>
  )
}
