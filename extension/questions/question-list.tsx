import type { Draft } from './draft.ts'
import { QuestionField } from './question-field.tsx'
import { type QuestionField as Field, questionFields, questions } from './questions.ts'

type QuestionListProps = {
  draft: Draft
  onAnswer: (change: Draft) => void
  /** Whether a number key also goes on to the next question. */
  advance: boolean
}

/** The six questions with the answers so far. */
export function QuestionList({ draft, onAnswer, advance }: QuestionListProps) {
  return questionFields.map((field, i) => {
    const next = advance ? questionFields[i + 1] : undefined
    return (
      <QuestionField
        key={field}
        question={questions[field]}
        chosen={[draft[field] ?? []].flat()}
        several={field === 'learning_goals'}
        onChoose={(chosen) => onAnswer(answer(field, chosen))}
        {...(next === undefined ? {} : { onTyped: () => focusQuestion(next) })}
      />
    )
  })
}

function answer(field: Field, chosen: string[]): Draft {
  return { [field]: field === 'learning_goals' ? chosen : chosen[0] }
}

/** Puts the focus on a question: on its answer, or on its first choice. */
export function focusQuestion(field: Field): void {
  const question = document.getElementById(field)
  const input = question?.querySelector<HTMLElement>('input:checked') ?? question?.querySelector('input')
  input?.focus({ preventScroll: true })
  question?.scrollIntoView({ block: 'center' })
}
