import { useStore } from 'zustand'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'

type ConsentProps = { id: string; given: boolean; onChange: (given: boolean) => void }

/** What leaves the computer and when, in three sentences, and the learner's yes. */
export function Consent({ id, given, onChange }: ConsentProps) {
  const settings = useStore(settingsStore.store)
  return (
    <section className="card" aria-labelledby="consent-title">
      <h2 id="consent-title">What leaves this computer</h2>
      <ul className="promises">
        <li>Until you click Personalized on a lesson, nothing of any page leaves this browser.</li>
        <li>
          When you click it, that lesson’s text and address go to the API at{' '}
          <b>{new URL(apiUrlOf(settings)).host}</b> and, without the address, on to the language model that
          your course chose.
        </li>
        <li>
          Your six answers are kept here and at that API, under a random number instead of your name; change
          or erase them in Options.
        </li>
      </ul>
      <label className="choice">
        <input id={id} type="checkbox" checked={given} onChange={(event) => onChange(event.target.checked)} />
        <span className="choice-words">
          <span className="choice-label">I agree</span>
        </span>
      </label>
    </section>
  )
}
