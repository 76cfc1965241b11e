import { type Course, courseLink } from '@lectern/shared'
import { useState } from 'react'
import { useStore } from 'zustand'
import { i18n, numberText } from '../locales/i18n.ts'
import { CourseEditor } from './course-editor.tsx'
import { staffFailureText } from './staff-failure-text.ts'
import { callStaff, refreshLists, staffStore } from './staff-store.ts'

/** The courses, with the link that learners are handed. `offered` is the textbook that a new one begins with. */
export function CourseList({ offered }: { offered?: string }) {
  const state = useStore(staffStore)
  const [edited, setEdited] = useState<Course | 'new'>()
  const [status, setStatus] = useState('')

  if (state.status !== 'signed_in') return null
  const { courses, sites, apiUrl } = state

  async function copy(course: Course): Promise<void> {
    const link = courseLink(apiUrl, course.code)
    const copied = await navigator.clipboard.writeText(link).then(
      () => true,
      () => false,
    )
    setStatus(i18n.t(copied ? 'staff.courses.copied' : 'staff.courses.not_copied', { link }))
  }

  async function remove({ code }: Course): Promise<void> {
    const removed = await callStaff((client) => client.removeCourse(code))
    if ('failure' in removed) return setStatus(staffFailureText(removed.failure))
    setEdited(undefined)
    await refreshLists()
  }

  return (
    <section className="card" aria-labelledby="courses-title">
      <h2 id="courses-title">{i18n.t('staff.courses.title')}</h2>
      <p className="hint">{i18n.t('staff.courses.hint')}</p>
      <ul className="rows">
        {courses.map((course) => (
          <li key={course.code}>
            <span>
              <bdi>{course.name}</bdi> <span aria-hidden="true">·</span>{' '}
              <span className="hint">
                {i18n.t('staff.courses.textbooks', { count: numberText(course.sites.length) })}
              </span>
              <br />
              <bdi className="hint code-like">{courseLink(apiUrl, course.code)}</bdi>
            </span>
            <span className="row-actions">
              <button
                type="button"
                aria-label={i18n.t('staff.courses.copy_named', { name: course.name })}
                onClick={() => void copy(course)}
              >
                {i18n.t('staff.courses.copy')}
              </button>
              <button
                type="button"
                className="quiet"
                aria-label={i18n.t('staff.courses.change_named', { name: course.name })}
                onClick={() => setEdited(course)}
              >
                {i18n.t('staff.courses.change')}
              </button>
            </span>
          </li>
        ))}
      </ul>
      <p role="status" className="saved">
        {status}
      </p>
      {edited === undefined ? (
        <button type="button" className="quiet" onClick={() => setEdited('new')}>
          {i18n.t('staff.courses.add')}
        </button>
      ) : (
        <CourseEditor
          key={edited === 'new' ? '' : edited.code}
          course={edited === 'new' ? undefined : edited}
          offered={offered}
          sites={sites.map(({ site }) => site)}
          onClose={() => setEdited(undefined)}
          onRemove={remove}
        />
      )}
    </section>
  )
}
