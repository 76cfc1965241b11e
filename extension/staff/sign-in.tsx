import type { Failure } from '@lectern/shared'
import { type SubmitEvent, useRef, useState } from 'react'
import { browser } from 'wxt/browser'
import { useStore } from 'zustand'
import { i18n } from '../locales/i18n.ts'
import { parseApiUrl } from '../options/parse-api-url.ts'
import { originPattern } from '../permissions/origin-pattern.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { TextField } from './form-field.tsx'
import { staffFailureText } from './staff-failure-text.ts'
import { signIn } from './staff-store.ts'

/** Where course staff give the address of their API and their token. */
export function SignIn({ failure }: { failure: Failure | undefined }) {
  const learnersApi = apiUrlOf(useStore(settingsStore.store))
  const [address, setAddress] = useState(learnersApi)
  // Uncontrolled: React writes what it controls into the document.
  const token = useRef<HTMLInputElement>(null)
  const [stay, setStay] = useState(false)
  const [status, setStatus] = useState(failure === undefined ? '' : staffFailureText(failure))

  async function enter(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const parsed = parseApiUrl(address)
    if (!parsed.ok) return setStatus(i18n.t(`options.api.problems.${parsed.problem}`))
    const given = token.current?.value.trim() ?? ''
    if (!/^\S{1,200}$/.test(given)) return setStatus(i18n.t('staff.sign_in.no_token'))
    const { apiUrl } = parsed
    // First in the click: Firefox shows its prompt only when nothing was awaited before.
    const granted = await browser.permissions.request({ origins: [originPattern(apiUrl) ?? ''] })
    if (!granted) return setStatus(i18n.t('options.api.refused'))
    setStatus(i18n.t('options.api.asking'))
    const problem = await signIn({ api_url: apiUrl, token: given }, stay)
    if (problem !== undefined) setStatus(staffFailureText(problem))
  }

  return (
    <form className="card" onSubmit={enter} noValidate aria-labelledby="sign-in-title">
      <h2 id="sign-in-title">{i18n.t('staff.sign_in.title')}</h2>
      <p className="hint">{i18n.t('staff.sign_in.hint')}</p>
      <div className="fields wide">
        <TextField
          name="api"
          type="url"
          label={i18n.t('options.api.title')}
          isCode
          value={address}
          onChange={setAddress}
        />
        <div className="field">
          <label htmlFor="token">{i18n.t('staff.sign_in.token')}</label>
          <input id="token" ref={token} type="password" dir="ltr" className="code-like" autoComplete="off" />
        </div>
        <label className="stay">
          <input type="checkbox" checked={stay} onChange={(event) => setStay(event.target.checked)} />
          {i18n.t('staff.sign_in.stay')}
        </label>
      </div>
      <button type="submit">{i18n.t('staff.sign_in.enter')}</button>
      <p role="status" className="saved">
        {status}
      </p>
    </form>
  )
}
