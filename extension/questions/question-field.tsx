import type { Preferences } from '@lectern/shared'
import type { KeyboardEvent } from 'react'
import { i18n } from '../locales/i18n.ts'
import type { Draft } from './draft.ts'
import { type Choice, type QuestionField as Field, questionOf } from './questions.ts'

type QuestionFieldProps = {
  field: Field
  draft: Draft
  onAnswer: (change: Draft) => void
}

/** One question with its choices, each also by its number while the question has the focus. */
export function QuestionField({ field, draft, onAnswer }: QuestionFieldProps) {
  const { title, hint, choices } = questionOf(field)
  // Of the one question that takes several, in the order they were chosen: the first is the primary one.
  const several = field === 'learning_goals'
  const chosen: readonly string[] = [draft[field] ?? []].flat()

  function choose(value: string): void {
    if (!several) return onAnswer({ [field]: value })
    const more = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
    // The values are those of the closed list that the choices are made of.
    onAnswer({ learning_goals: more as Preferences['learning_goals'] })
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const choice = /^[1-9]$/.test(event.key) ? choices[Number(event.key) - 1] : undefined
    if (choice === undefined) return
    event.preventDefault()
    choose(choice.value)
  }

  return (
    <fieldset id={field} className="question" aria-describedby={`${field}-hint`} onKeyDown={onKeyDown}>
      <legend>{title}</legend>
      <p id={`${field}-hint`} className="hint">
        {hint}
      </p>
      <div className="choices">
        {choices.map((choice, i) => (
          <ChoiceTile
            key={choice.value}
            choice={choice}
            name={field}
            several={several}
            checked={chosen.includes(choice.value)}
            primary={several && chosen.length > 1 && chosen[0] === choice.value}
            keyHint={i < 9 ? i + 1 : undefined}
            onChoose={() => choose(choice.value)}
          />
        ))}
      </div>
    </fieldset>
  )
}

type ChoiceTileProps = {
  choice: Choice
  name: string
  several: boolean
  checked: boolean
  primary: boolean
  keyHint: number | undefined
  onChoose: () => void
}

function ChoiceTile({ choice, name, several, checked, primary, keyHint, onChoose }: ChoiceTileProps) {
  return (
    <label className="choice">
      <input
        type={several ? 'checkbox' : 'radio'}
        name={name}
        value={choice.value}
        checked={checked}
        onChange={onChoose}
      />
      <span className="choice-words">
        <span className="choice-label">
          <bdi lang={choice.lang}>{choice.label}</bdi>
        </span>
        {choice.note !== undefined && <span className="choice-note">{choice.note}</span>}
        {primary && <span className="badge">{i18n.t('questions.counts_most')}</span>}
      </span>
      {keyHint !== undefined && (
        <span className="key" aria-hidden="true">
          {keyHint}
        </span>
      )}
    </label>
  )
}
