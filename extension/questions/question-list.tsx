import type { Draft } from './draft.ts'
import { QuestionField } from './question-field.tsx'
import { questionFields } from './questions.ts'

type QuestionListProps = {
  draft: Draft
  onAnswer: (change: Draft) => void
}

/** The six questions with the answers so far. */
export function QuestionList({ draft, onAnswer }: QuestionListProps) {
  return questionFields.map((field) => (
    <QuestionField key={field} field={field} draft={draft} onAnswer={onAnswer} />
  ))
}
