import { i18n, numberText } from '../locales/i18n.ts'
import { questionFields } from '../questions/questions.ts'

type StepBarProps = {
  /** Of the questions, from 0; their number is the step after the last. */
  step: number
  answered: boolean
  onBack: () => void
  onSkipRest: () => void
}

/** How far one is, and the ways on. */
export function StepBar({ step, answered, onBack, onSkipRest }: StepBarProps) {
  const all = questionFields.length
  const isQuestion = step < all
  const place = isQuestion
    ? i18n.t('onboarding.step', { step: numberText(step + 1), all: numberText(all) })
    : i18n.t('onboarding.last_step')
  return (
    <footer className="step-bar">
      <div className="progress">
        <progress max={all} value={step} aria-label={i18n.t('onboarding.progress')} />
        <span role="status">{place}</span>
      </div>
      <div className="step-buttons">
        {step > 0 && (
          <button type="button" className="quiet" onClick={onBack}>
            {i18n.t('onboarding.back')}
          </button>
        )}
        {isQuestion && (
          <button type="button" className="link" onClick={onSkipRest}>
            {i18n.t('onboarding.skip_rest')}
          </button>
        )}
        <button type="submit" className={isQuestion && !answered ? 'quiet' : undefined}>
          {!isQuestion
            ? i18n.t('consent.agree')
            : answered
              ? i18n.t('onboarding.next')
              : i18n.t('onboarding.skip_question')}
        </button>
      </div>
    </footer>
  )
}
