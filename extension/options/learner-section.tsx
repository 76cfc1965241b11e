import { useState } from 'react'
import { useStore } from 'zustand'
import type { Erased } from '../messaging/messages.ts'
import { sendMessage } from '../messaging/send-message.ts'
import { learnerStore } from '../storage/learner-store.ts'

type Step =
  | { at: 'rest' }
  | { at: 'asking' }
  | { at: 'erasing' }
  | { at: 'erased'; waiting: Erased['waiting'] }

/** Who the learner is to the API, and the way to be nobody again. */
export function LearnerSection() {
  const { user_id } = useStore(learnerStore.store)
  const [step, setStep] = useState<Step>({ at: 'rest' })

  async function erase(): Promise<void> {
    setStep({ at: 'erasing' })
    const { waiting } = await sendMessage('erase-learner')
    setStep({ at: 'erased', waiting })
  }

  return (
    <section className="card" aria-labelledby="learner-title">
      <h2 id="learner-title">Your data</h2>
      <p>
        The API knows you by this random number alone: <code className="id">{user_id}</code>
      </p>
      <p>
        Erasing forgets everything that Lectern keeps in this browser, and has the API forget your number with
        your answers, your reading history and the rewrites that nobody else used.
      </p>
      <div aria-live="polite" className="actions">
        {step.at === 'rest' && (
          <button type="button" className="danger" onClick={() => setStep({ at: 'asking' })}>
            Erase my data
          </button>
        )}
        {step.at === 'asking' && (
          <>
            <p>Erase your answers, your number and your history?</p>
            <button type="button" className="danger" onClick={erase}>
              Yes, erase
            </button>
            <button type="button" className="quiet" onClick={() => setStep({ at: 'rest' })}>
              Keep them
            </button>
          </>
        )}
        {step.at === 'erasing' && <p>Erasing …</p>}
        {step.at === 'erased' && <p>Erased in this browser. You have a new number, and no answers.</p>}
        {step.at === 'erased' &&
          step.waiting.map(({ host, failure }) => (
            <p key={host}>
              Not yet erased at {host}: {failure.message} Lectern tries again until it is done.
            </p>
          ))}
      </div>
    </section>
  )
}
