import { useEffect, useRef, useState } from 'react'
import { browser } from 'wxt/browser'
import { useStore } from 'zustand'
import { CourseForm } from '../courses/course-form.tsx'
import { TextbookList } from '../courses/textbook-list.tsx'
import { i18n } from '../locales/i18n.ts'
import { RichText } from '../locales/rich-text.tsx'
import type { Outcome } from '../messaging/messages.ts'
import { PageHeader } from '../pages/page-header.tsx'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'

type ReadyPageProps = {
  /** Whether the API has the answers; nothing while it is being told. */
  told: Outcome | undefined
  lessonTab: number | undefined
  courseLink: string | undefined
}

/** Where the answers are now, the course with its textbooks, and how to the first personalized lesson. */
export function ReadyPage({ told, lessonTab, courseLink }: ReadyPageProps) {
  const { host } = new URL(apiUrlOf(useStore(settingsStore.store)))
  const main = useRef<HTMLElement>(null)
  const [lesson, setLesson] = useState(lessonTab)
  useEffect(() => main.current?.focus(), [])
  return (
    <main className="page" ref={main} tabIndex={-1}>
      <PageHeader title={i18n.t('ready.title')}>
        <span role="status">{savedWhere(told, host)}</span>
      </PageHeader>
      {lesson !== undefined && (
        <button
          type="button"
          className="to-lesson"
          // A tab that was closed meanwhile leads nowhere: what is below leads on.
          onClick={() => void backTo(lesson).catch(() => setLesson(undefined))}
        >
          {i18n.t('ready.back_to_lesson')}
        </button>
      )}
      <CourseForm link={courseLink} />
      <TextbookList />
      <section className="card" aria-labelledby="steps-title">
        <h2 id="steps-title">{i18n.t('ready.steps_title')}</h2>
        <ol className="steps">
          <li>{i18n.t('ready.open_textbook')}</li>
          <li>
            <RichText of="ready.click_toolbar" allow_site={<b>{i18n.t('popup.allow_site')}</b>} />
          </li>
          <li>
            {i18n.t('ready.choose_tab')}
            <span className="tabs-picture" aria-hidden="true">
              <span>{i18n.t('lesson.original')}</span>
              <span>{i18n.t('lesson.personalized')}</span>
            </span>
          </li>
        </ol>
      </section>
    </main>
  )
}

function savedWhere(told: Outcome | undefined, host: string): string {
  if (told === undefined) return i18n.t('ready.saved_here')
  return told.ok ? i18n.t('ready.saved_both', { host }) : i18n.t('ready.saved_later', { host })
}

async function backTo(tab: number): Promise<void> {
  await browser.tabs.update(tab, { active: true })
}
