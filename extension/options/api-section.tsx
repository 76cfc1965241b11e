import { type SubmitEvent, useEffect, useState } from 'react'
import { browser } from 'wxt/browser'
import { useStore } from 'zustand'
import { switchApi } from '../courses/switch-api.ts'
import { failureText } from '../locales/failure-text.ts'
import { i18n } from '../locales/i18n.ts'
import { sendMessage } from '../messaging/send-message.ts'
import { originPattern } from '../permissions/origin-pattern.ts'
import { useSchoolPolicy } from '../school/use-school-policy.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { parseApiUrl } from './parse-api-url.ts'

/** Where Lectern's API answers. */
export function ApiSection() {
  const current = apiUrlOf(useStore(settingsStore.store))
  const { api_url } = useSchoolPolicy()
  const [typed, setTyped] = useState(current)
  const [status, setStatus] = useState('')
  // A course link sets another one.
  useEffect(() => setTyped(current), [current])

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const parsed = parseApiUrl(typed)
    if (!parsed.ok) return setStatus(i18n.t(`options.api.problems.${parsed.problem}`))
    const { apiUrl } = parsed
    // First in the click: Firefox shows its prompt only when nothing was awaited before.
    const granted = await browser.permissions.request({ origins: [originPattern(apiUrl) ?? ''] })
    if (!granted) return setStatus(i18n.t('options.api.refused'))
    const saved = apiUrl === current ? '' : `${i18n.t('options.answers.saved')}. `
    await switchApi(apiUrl)
    setTyped(apiUrl)
    setStatus(saved + i18n.t('options.api.asking'))
    const answer = await sendMessage('check-api', { api_url: apiUrl })
    setStatus(saved + (answer.ok ? i18n.t('options.api.answers') : failureText(answer.failure)))
  }

  if (api_url !== undefined)
    return (
      <section className="card" aria-labelledby="api-title">
        <h2 id="api-title">{i18n.t('options.api.title')}</h2>
        <p>{i18n.t('school.set', { value: api_url })}</p>
      </section>
    )
  return (
    <section className="card" aria-labelledby="api-title">
      <h2 id="api-title">{i18n.t('options.api.title')}</h2>
      <p id="api-hint" className="hint">
        {i18n.t('options.api.hint')}
      </p>
      <form className="inline-form" onSubmit={save} noValidate>
        <input
          type="url"
          dir="ltr"
          aria-labelledby="api-title"
          aria-describedby="api-hint api-status"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className="quiet">
          {i18n.t(typed === current ? 'options.api.test' : 'options.api.save')}
        </button>
        {current !== import.meta.env.LECTERN_API_URL && (
          <button type="button" className="link" onClick={() => setTyped(import.meta.env.LECTERN_API_URL)}>
            {i18n.t('options.api.default')}
          </button>
        )}
      </form>
      <p id="api-status" role="status" className="saved">
        {status}
      </p>
    </section>
  )
}
