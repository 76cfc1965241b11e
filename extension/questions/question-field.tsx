import type { KeyboardEvent } from 'react'
import type { Choice, Question } from './questions.ts'

type QuestionFieldProps = {
  question: Question
  /** What is chosen, in the order it was chosen. */
  chosen: readonly string[]
  /** Whether several may be chosen; the first is the primary one. */
  several: boolean
  onChoose: (chosen: string[]) => void
  /** Called when a number key made the choice: the way to the next question for whoever types. */
  onTyped?: () => void
}

/** One question with its choices, each also by its number while the question has the focus. */
export function QuestionField({ question, chosen, several, onChoose, onTyped }: QuestionFieldProps) {
  const { field, title, hint, choices } = question

  function choose(value: string): void {
    if (!several) return onChoose([value])
    onChoose(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const choice = /^[1-9]$/.test(event.key) ? choices[Number(event.key) - 1] : undefined
    if (choice === undefined) return
    event.preventDefault()
    choose(choice.value)
    if (!several) onTyped?.()
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
        {primary && <span className="badge">counts most</span>}
      </span>
      {keyHint !== undefined && (
        <span className="key" aria-hidden="true">
          {keyHint}
        </span>
      )}
    </label>
  )
}
