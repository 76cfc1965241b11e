import { useState } from 'react'
import { useStore } from 'zustand'
import { sendMessage } from '../messaging/send-message.ts'
import { forgetLearner, learnerStore } from '../storage/learner-store.ts'

type Step =
  | { at: 'rest' }
  | { at: 'asking' }
  | { at: 'erasing' }
  | { at: 'failed'; message: string }
  | { at: 'erased' }

/** Who the learner is to the API, and the way to be nobody again. */
export function LearnerSection() {
  const { user_id } = useStore(learnerStore.store)
  const [step, setStep] = useState<Step>({ at: 'rest' })

  async function erase(): Promise<void> {
    setStep({ at: 'erasing' })
    const erased = await sendMessage('erase-learner')
    setStep(erased.ok ? { at: 'erased' } : { at: 'failed', message: erased.failure.message })
  }

  async function eraseHere(): Promise<void> {
    await forgetLearner()
    await sendMessage('preferences-changed')
    setStep({ at: 'erased' })
  }

  return (
    <section className="card" aria-labelledby="learner-title">
      <h2 id="learner-title">Your data</h2>
      <p>
        The API knows you by this random number alone: <code className="id">{user_id}</code>
      </p>
      <p>
        Erasing forgets your answers and the number in this browser, and deletes from the API your reading
        history and the rewrites that nobody else used. The API keeps the number with your six answers; to
        have these deleted too, give the number to your course’s staff.
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
        {step.at === 'failed' && (
          <>
            <p>Nothing was erased. {step.message}</p>
            <button type="button" onClick={erase}>
              Try again
            </button>
            <button type="button" className="danger" onClick={eraseHere}>
              Erase only in this browser
            </button>
          </>
        )}
        {step.at === 'erased' && <p>Erased. You have a new number, and no answers.</p>}
      </div>
    </section>
  )
}
