import { type ReactNode, useId } from 'react'
import { i18n } from '../locales/i18n.ts'
import type { FieldProblem } from './site-draft.ts'

type TextFieldProps = {
  /** Also its id on the page, by which a form moves the focus to it. */
  name: string
  label: string
  hint?: string
  value: string
  onChange: (value: string) => void
  problems?: readonly FieldProblem[] | undefined
  type?: 'text' | 'url'
  /** Whether it takes several lines. */
  lines?: boolean
  /** Addresses, selectors and codes are written from left to right in every language. */
  isCode?: boolean
  disabled?: boolean
}

/** A labelled field for text, with what is wrong with it beside it. */
export function TextField(props: TextFieldProps) {
  const { name, label, hint, value, onChange, problems = [], type = 'text', lines, isCode, disabled } = props
  const described = [hint !== undefined && `${name}-hint`, problems.length > 0 && `${name}-problem`]
  const shared = {
    id: name,
    value,
    disabled,
    spellCheck: !isCode,
    autoComplete: 'off',
    className: isCode ? 'code-like' : undefined,
    dir: isCode ? 'ltr' : 'auto',
    'aria-invalid': problems.length > 0,
    'aria-describedby': described.filter(Boolean).join(' ') || undefined,
  } as const
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      {hint !== undefined && (
        <p id={`${name}-hint`} className="hint">
          {hint}
        </p>
      )}
      {lines ? (
        <textarea {...shared} rows={1} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input {...shared} type={type} onChange={(event) => onChange(event.target.value)} />
      )}
      <Problems id={`${name}-problem`} problems={problems} />
    </div>
  )
}

/** What is wrong with a field: the API's own sentence, or that the schema does not take it as it is. */
export function Problems({ id, problems }: { id: string; problems: readonly FieldProblem[] }) {
  if (problems.length === 0) return null
  return (
    <div id={id} className="problem">
      {problems.map(({ line, message }) => (
        <p key={`${line} ${message}`}>
          {message === undefined ? refusalOf(line) : <span dir="auto">{message}</span>}
        </p>
      ))}
    </div>
  )
}

function refusalOf(line: number | undefined): string {
  return line === undefined
    ? i18n.t('staff.form.not_taken')
    : i18n.t('staff.form.line_not_taken', { line: String(line) })
}

/** Which of a closed list count; all of them is no choice. */
export function ChoiceSet<T extends string>(props: {
  legend: string
  hint: string
  all: readonly T[]
  labelOf: (choice: T) => ReactNode
  chosen: readonly T[] | undefined
  onChange: (chosen: T[] | undefined) => void
}) {
  const { legend, hint, all, labelOf, chosen = all, onChange } = props
  const id = useId()
  function toggle(choice: T, on: boolean): void {
    const next = all.filter((one) => (one === choice ? on : chosen.includes(one)))
    onChange(next.length === all.length ? undefined : next)
  }
  return (
    <fieldset className="field" aria-describedby={id}>
      <legend>{legend}</legend>
      <p id={id} className="hint">
        {hint}
      </p>
      <div className="choices">
        {all.map((choice) => (
          <label key={choice}>
            <input
              type="checkbox"
              checked={chosen.includes(choice)}
              onChange={(event) => toggle(choice, event.target.checked)}
            />
            {labelOf(choice)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
