import { countAnswered, type Draft } from '../questions/draft.ts'
import { questionFields } from '../questions/questions.ts'

type ProgressBarProps = { draft: Draft; problem: string | undefined; onSkip: () => void }

/** How far one is, and the ways on. */
export function ProgressBar({ draft, problem, onSkip }: ProgressBarProps) {
  const answered = countAnswered(draft)
  const all = questionFields.length
  return (
    <footer className="progress-bar">
      <div className="progress">
        <progress max={all} value={answered} aria-label="Questions answered" />
        <span role="status" className={problem === undefined ? undefined : 'problem'}>
          {problem ?? `${answered} of ${all} answered`}
        </span>
      </div>
      {answered < all && (
        <button type="button" className="quiet" onClick={onSkip}>
          Skip the rest
        </button>
      )}
      <button type="submit">Start using Lectern</button>
    </footer>
  )
}
