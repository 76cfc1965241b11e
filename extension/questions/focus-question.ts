import type { QuestionField } from './questions.ts'

/** Puts the focus on a question: on its answer, or on its first choice. */
export function focusQuestion(field: QuestionField): void {
  const question = document.getElementById(field)
  const input = question?.querySelector<HTMLElement>('input:checked') ?? question?.querySelector('input')
  input?.focus({ preventScroll: true })
  question?.scrollIntoView({ block: 'nearest' })
}
