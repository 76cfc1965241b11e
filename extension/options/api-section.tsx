import { type SubmitEvent, useState } from 'react'
import { browser } from 'wxt/browser'
import { useStore } from 'zustand'
import { switchApi } from '../courses/switch-api.ts'
import { sendMessage } from '../messaging/send-message.ts'
import { originPattern } from '../permissions/origin-pattern.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { parseApiUrl } from './parse-api-url.ts'

/** Where Lectern's API answers. */
export function ApiSection() {
  const current = apiUrlOf(useStore(settingsStore.store))
  const [typed, setTyped] = useState(current)
  const [status, setStatus] = useState('')

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const parsed = parseApiUrl(typed)
    if (!parsed.ok) return setStatus(parsed.problem)
    const { apiUrl } = parsed
    // First in the click: Firefox shows its prompt only when nothing was awaited before.
    const granted = await browser.permissions.request({ origins: [originPattern(apiUrl) ?? ''] })
    if (!granted) return setStatus('Not saved: without your permission Lectern cannot reach that address.')
    const saved = apiUrl === current ? '' : 'Saved. '
    await switchApi(apiUrl)
    setTyped(apiUrl)
    setStatus(`${saved}Asking …`)
    const answer = await sendMessage('check-api', { api_url: apiUrl })
    setStatus(saved + (answer.ok ? 'Lectern’s API answers there.' : answer.failure.message))
  }

  return (
    <section className="card" aria-labelledby="api-title">
      <h2 id="api-title">Address of the API</h2>
      <p id="api-hint">
        Your course may run its own. Lessons and answers go to this address and to no other.
      </p>
      <form className="inline-form" onSubmit={save}>
        <input
          type="url"
          dir="ltr"
          aria-labelledby="api-title"
          aria-describedby="api-hint api-status"
          required
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit">{typed === current ? 'Test' : 'Save and test'}</button>
        {current !== import.meta.env.LECTERN_API_URL && (
          <button type="button" className="quiet" onClick={() => setTyped(import.meta.env.LECTERN_API_URL)}>
            Put the default back
          </button>
        )}
      </form>
      <p id="api-status" role="status" className="saved">
        {status}
      </p>
    </section>
  )
}
