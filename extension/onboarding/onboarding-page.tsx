import { type SubmitEvent, useState } from 'react'
import { useStore } from 'zustand'
import type { Outcome } from '../messaging/messages.ts'
import { sendMessage } from '../messaging/send-message.ts'
import { PageHeader } from '../pages/page-header.tsx'
import { answersOf, type Draft, firstDraft, firstUnanswered, withSafeAnswers } from '../questions/draft.ts'
import { focusQuestion, QuestionList } from '../questions/question-list.tsx'
import { questions } from '../questions/questions.ts'
import { learnerStore, savePreferences } from '../storage/learner-store.ts'
import { Consent } from './consent.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { WhatsNext } from './whats-next.tsx'

const consentField = 'consent'

/** The six questions, what leaves this computer, and what comes next. */
export function OnboardingPage({ lessonTab }: { lessonTab: number | undefined }) {
  const learner = useStore(learnerStore.store)
  const [draft, setDraft] = useState<Draft>(() => learner.preferences ?? firstDraft(navigator.language))
  const [consent, setConsent] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [finished, setFinished] = useState(false)
  const [told, setTold] = useState<Outcome>()

  async function finish(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const missing = firstUnanswered(draft)
    if (missing !== undefined) {
      setProblem(`One answer is missing: ${questions[missing].title}`)
      return focusQuestion(missing)
    }
    if (!consent) {
      setProblem('Tick the box under “What leaves this computer” to go on.')
      return document.getElementById(consentField)?.focus()
    }
    const preferences = answersOf(draft)
    if (preferences === undefined) return
    await savePreferences(preferences)
    setFinished(true)
    scrollTo({ top: 0 })
    setTold(await sendMessage('preferences-changed'))
  }

  function skip(): void {
    setDraft(withSafeAnswers(draft))
    document.getElementById(consentField)?.focus()
  }

  if (finished) return <WhatsNext told={told} lessonTab={lessonTab} />
  return (
    <main>
      <form className="page" onSubmit={finish} onChange={() => setProblem(undefined)}>
        <PageHeader title="Your textbook, written for you">
          Six questions, about a minute. Lectern uses the answers to rewrite lessons for you; the author’s
          original stays one click away. Tab goes to the next question, a number chooses.
        </PageHeader>
        <QuestionList draft={draft} advance onAnswer={(change) => setDraft({ ...draft, ...change })} />
        <Consent id={consentField} given={consent} onChange={setConsent} />
        <ProgressBar draft={draft} problem={problem} onSkip={skip} />
      </form>
    </main>
  )
}
