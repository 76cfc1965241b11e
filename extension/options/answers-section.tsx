import { useState } from 'react'
import { browser } from 'wxt/browser'
import { useStore } from 'zustand'
import { i18n } from '../locales/i18n.ts'
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
        <h2 id="answers-title">{i18n.t('options.answers.title')}</h2>
        <p>{i18n.t('options.answers.none')}</p>
        <a className="button" href={browser.runtime.getURL('/onboarding.html')}>
          {i18n.t('popup.answer_questions')}
        </a>
      </section>
    )

  const draft = unsaved ?? preferences

  async function answer(change: Draft): Promise<void> {
    const changed = { ...draft, ...change }
    const answers = answersOf(changed)
    if (answers === undefined) {
      setUnsaved(changed)
      return setStatus(i18n.t('options.answers.goal_needed'))
    }
    setUnsaved(undefined)
    await savePreferences(answers)
    setStatus(i18n.t('options.answers.saved'))
    const told = await sendMessage('preferences-changed')
    if (!told.ok) setStatus(i18n.t('options.answers.saved_here', { host }))
  }

  return (
    <section aria-labelledby="answers-title">
      <div className="section-head">
        <h2 id="answers-title">{i18n.t('options.answers.title')}</h2>
        <span role="status" className="saved">
          {status}
        </span>
      </div>
      <QuestionList draft={draft} onAnswer={answer} />
    </section>
  )
}
