import { Course, type Site } from '@lectern/shared'
import { type SubmitEvent, useState } from 'react'
import { Value } from 'typebox/value'
import { i18n } from '../locales/i18n.ts'
import { TextField } from './form-field.tsx'
import { staffFailureText } from './staff-failure-text.ts'
import { callStaff, refreshLists } from './staff-store.ts'

type CourseEditorProps = {
  /** Absent for a new one. */
  course: Course | undefined
  /** The textbook that a new one begins with. */
  offered: string | undefined
  sites: readonly Site[]
  onClose: () => void
  onRemove: (course: Course) => Promise<void>
}

/** The name, the code and the textbooks of a course. */
export function CourseEditor({ course, offered, sites, onClose, onRemove }: CourseEditorProps) {
  const [draft, setDraft] = useState<Course>(
    course ?? { code: '', name: '', sites: offered === undefined ? [] : [offered] },
  )
  const [status, setStatus] = useState('')

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const wanted = { ...draft, code: draft.code.trim().toLowerCase(), name: draft.name.trim() }
    if (!Value.Check(Course, wanted)) return setStatus(i18n.t('staff.courses.not_taken'))
    const saved = await callStaff((client) => client.saveCourse(wanted))
    if ('failure' in saved) return setStatus(staffFailureText(saved.failure))
    await refreshLists()
    onClose()
  }

  function toggle(id: string, on: boolean): void {
    const others = draft.sites.filter((one) => one !== id)
    setDraft({ ...draft, sites: on ? [...others, id] : others })
  }

  return (
    <form className="fields" onSubmit={save} noValidate>
      <TextField
        name="course-name"
        label={i18n.t('staff.courses.name')}
        value={draft.name}
        onChange={(name) => setDraft({ ...draft, name })}
      />
      <TextField
        name="course-code"
        label={i18n.t('staff.courses.code')}
        hint={i18n.t('staff.courses.code_hint')}
        isCode
        disabled={course !== undefined}
        value={draft.code}
        onChange={(code) => setDraft({ ...draft, code })}
      />
      <fieldset className="field">
        <legend>{i18n.t('staff.sites.title')}</legend>
        <div className="choices">
          {sites.map(({ id, name }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={draft.sites.includes(id)}
                onChange={(event) => toggle(id, event.target.checked)}
              />
              <bdi>{name}</bdi>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="actions">
        <button type="submit">{i18n.t('staff.courses.save')}</button>
        <button type="button" className="quiet" onClick={onClose}>
          {i18n.t('report.cancel')}
        </button>
        {course !== undefined && (
          <button type="button" className="danger" onClick={() => void onRemove(course)}>
            {i18n.t('staff.courses.remove')}
          </button>
        )}
      </div>
      <p role="status" className="saved">
        {status}
      </p>
    </form>
  )
}
