import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { i18n } from '../locales/i18n.ts'
import type { Outcome } from '../messaging/messages.ts'
import { sendMessage } from '../messaging/send-message.ts'
import { PageHeader } from '../pages/page-header.tsx'
import { type Draft, firstDraft, isAnswered, withSafeAnswers } from '../questions/draft.ts'
import { focusQuestion } from '../questions/focus-question.ts'
import { QuestionField } from '../questions/question-field.tsx'
import { questionFields } from '../questions/questions.ts'
import { learnerStore, savePreferences } from '../storage/learner-store.ts'
import { Consent } from './consent.tsx'
import { ExampleLesson } from './example-lesson.tsx'
import { ReadyPage } from './ready-page.tsx'
import { StepBar } from './step-bar.tsx'

type OnboardingPageProps = {
  /** The tab of the lesson to return to. */
  lessonTab: number | undefined
  /** A course link that the learner opened. */
  courseLink: string | undefined
}

/** The six questions, one at a time beside an example, then what leaves this computer, and what comes next. */
export function OnboardingPage({ lessonTab, courseLink }: OnboardingPageProps) {
  const { preferences } = useStore(learnerStore.store)
  const [draft, setDraft] = useState<Draft>(() => preferences ?? firstDraft(navigator.language))
  const [step, setStep] = useState(0)
  const [declined, setDeclined] = useState(false)
  // A learner who has answered came for the course alone.
  const [finished, setFinished] = useState(courseLink !== undefined && preferences !== null)
  const [told, setTold] = useState<Outcome>()
  const field = questionFields[step]
  useFocusOnStep(step)

  async function next(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (field !== undefined) return setStep(step + 1)
    await savePreferences(withSafeAnswers(draft))
    setFinished(true)
    scrollTo({ top: 0 })
    setTold(await sendMessage('preferences-changed'))
  }

  if (finished) return <ReadyPage told={told} lessonTab={lessonTab} courseLink={courseLink} />
  if (declined) return <DeclinedPage />
  return (
    <main>
      <form className="page onboarding" onSubmit={next}>
        <PageHeader title={i18n.t('onboarding.title')}>{i18n.t('onboarding.lead')}</PageHeader>
        <div className="step">
          {field === undefined ? (
            <Consent
              decline={
                <button type="button" className="link" onClick={() => setDeclined(true)}>
                  {i18n.t('consent.decline')}
                </button>
              }
            />
          ) : (
            <div className="asking">
              <QuestionField
                field={field}
                draft={draft}
                onAnswer={(change) => setDraft({ ...draft, ...change })}
              />
              <p className="hint keys-hint">{i18n.t('onboarding.keys_hint')}</p>
            </div>
          )}
          <ExampleLesson draft={field === undefined ? withSafeAnswers(draft) : draft} />
        </div>
        <StepBar
          step={step}
          answered={field !== undefined && isAnswered(draft, field)}
          onBack={() => setStep(step - 1)}
          onSkipRest={() => setStep(questionFields.length)}
        />
      </form>
    </main>
  )
}

/** Each step begins at its first control, or at the words to be read; the first leaves the page's head to be read. */
function useFocusOnStep(step: number): void {
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    const field = questionFields[step]
    if (field === undefined) document.getElementById('consent-title')?.focus()
    else focusQuestion(field)
  }, [step])
}

function DeclinedPage() {
  return (
    <main className="page">
      <PageHeader title={i18n.t('manifest.name')}>
        <span role="status">{i18n.t('consent.declined')}</span>
      </PageHeader>
    </main>
  )
}
