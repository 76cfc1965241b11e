import { useState } from 'react'
import { browser } from 'wxt/browser'
import { useStore } from 'zustand'
import { sendMessage } from '../messaging/send-message.ts'
import { answersOf, type Draft } from '../questions/draft.ts'
import { QuestionList } from '../questions/question-list.tsx'
import { learnerStore, savePreferences } from '../storage/learner-store.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'

/** The six answers, to be changed. Without answers there is no consent yet either: then the way to the questions. */
export function AnswersSection() {
  const { preferences } = useStore(learnerStore.store)
  const { host } = new URL(apiUrlOf(useStore(settingsStore.store)))
  // What cannot be saved, since the last goal was taken away.
  const [unsaved, setUnsaved] = useState<Draft>()
  const [status, setStatus] = useState('')
  if (preferences === null)
    return (
      <section className="card" aria-labelledby="answers-title">
        <h2 id="answers-title">Your answers</h2>
        <p>Lectern does not know yet for whom to rewrite.</p>
        <a className="button" href={browser.runtime.getURL('/onboarding.html')}>
          Answer the six questions
        </a>
      </section>
    )

  const draft = unsaved ?? preferences

  async function answer(change: Draft): Promise<void> {
    const changed = { ...draft, ...change }
    const answers = answersOf(changed)
    if (answers === undefined) {
      setUnsaved(changed)
      return setStatus('Not saved: choose at least one goal.')
    }
    setUnsaved(undefined)
    await savePreferences(answers)
    setStatus('Saved')
    const told = await sendMessage('preferences-changed')
    if (!told.ok) setStatus(`Saved here. ${host} does not answer now and is told with the next lesson.`)
  }

  return (
    <section aria-labelledby="answers-title">
      <div className="section-head">
        <h2 id="answers-title">Your answers</h2>
        <span role="status" className="saved">
          {status}
        </span>
      </div>
      <QuestionList draft={draft} onAnswer={answer} />
    </section>
  )
}
