import { parseCourseLink } from '@lectern/shared'
import { type SubmitEvent, useState } from 'react'
import { browser } from 'wxt/browser'
import { useStore } from 'zustand'
import { failureText } from '../locales/failure-text.ts'
import { i18n } from '../locales/i18n.ts'
import { RichText } from '../locales/rich-text.tsx'
import { sendMessage } from '../messaging/send-message.ts'
import { originPattern } from '../permissions/origin-pattern.ts'
import { useSchoolPolicy } from '../school/use-school-policy.ts'
import { courseStore, keepCourse } from '../storage/course-store.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { switchApi } from './switch-api.ts'

/** The learner's course, by the link or code that its staff handed out: it sets the API and the textbooks. */
export function CourseForm({ link = '' }: { link?: string | undefined }) {
  const { course } = useStore(courseStore.store)
  const apiUrl = apiUrlOf(useStore(settingsStore.store))
  const policy = useSchoolPolicy()
  const [typed, setTyped] = useState(link)
  const [status, setStatus] = useState('')

  async function find(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const parsed = parseCourseLink(typed, apiUrl)
    if ('problem' in parsed) return setStatus(i18n.t(`course.problems.${parsed.problem}`))
    const { api, code } = parsed
    // First in the click: Firefox shows its prompt only when nothing was awaited before.
    const granted = await browser.permissions.request({ origins: [originPattern(api) ?? ''] })
    if (!granted) return setStatus(i18n.t('course.no_permission', { host: new URL(api).host }))
    setStatus(i18n.t('course.finding'))
    const answer = await sendMessage('find-course', { api_url: api, code })
    if (!answer.ok) return setStatus(failureText(answer.failure))
    await switchApi(api)
    await keepCourse(answer.course)
    setTyped('')
    setStatus(i18n.t('course.found', { name: answer.course.name }))
  }

  async function leave(): Promise<void> {
    await keepCourse(null)
    setStatus('')
  }

  if (policy.course !== undefined || policy.api_url !== undefined)
    return (
      <section className="card" aria-labelledby="course-title">
        <h2 id="course-title">{i18n.t('course.title')}</h2>
        <p>{i18n.t('school.set', { value: course?.name ?? policy.course ?? new URL(apiUrl).host })}</p>
      </section>
    )
  return (
    <section className="card" aria-labelledby="course-title">
      <h2 id="course-title">{i18n.t('course.title')}</h2>
      {course === null ? (
        <p className="hint">{i18n.t('course.hint')}</p>
      ) : (
        <div className="course-in-use">
          <p>
            <RichText of="course.in_use" name={<b>{course.name}</b>} />
          </p>
          <button type="button" className="link" onClick={leave}>
            {i18n.t('course.leave')}
          </button>
        </div>
      )}
      <form className="inline-form" onSubmit={find} noValidate>
        <label htmlFor="course-link">{i18n.t('course.label')}</label>
        <input
          id="course-link"
          type="text"
          dir="ltr"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          aria-describedby="course-status"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className={course === null ? undefined : 'quiet'}>
          {i18n.t('course.find')}
        </button>
      </form>
      <p id="course-status" role="status" className="saved">
        {status}
      </p>
    </section>
  )
}
