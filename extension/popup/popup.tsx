import { useEffect, useState } from 'react'
import { browser } from 'wxt/browser'
import { useStore } from 'zustand'
import { openOnboarding } from '../background/open-onboarding.ts'
import { i18n } from '../locales/i18n.ts'
import { BookProgress } from '../progress/book-progress.tsx'
import { ProfileLine } from '../questions/profile-line.tsx'
import { learnerStore } from '../storage/learner-store.ts'
import { findPage, type Page } from './find-page.ts'
import { leaveTo } from './leave-to.ts'
import { NewTextbooks } from './new-textbooks.tsx'
import { NextStep } from './next-step.tsx'
import { StaffLink } from './staff-link.tsx'
import { statusOf } from './status-of.ts'

/** What this page is, and the next sensible step. */
export function Popup() {
  const { preferences } = useStore(learnerStore.store)
  const [page, setPage] = useState<Page>()
  useEffect(() => void findPage().then(setPage), [])

  const status = page === undefined ? undefined : statusOf(page)
  return (
    <main className="popup">
      <header>
        <img src="/icon/lectern.svg" alt="" width="24" height="24" />
        <h1>{i18n.t('manifest.name')}</h1>
      </header>
      {preferences !== null && <NewTextbooks />}
      <section className="status" aria-live="polite">
        {status !== undefined && (
          <>
            <h2>
              <bdi>{status.title}</bdi>
            </h2>
            <p>{status.text}</p>
            {status.listed !== undefined && <p className="listed">{status.listed}</p>}
          </>
        )}
      </section>
      <div className="next-step">
        {page !== undefined && <NextStep page={page} answered={preferences !== null} onPage={setPage} />}
      </div>
      {preferences === null ? (
        <button
          type="button"
          className={page?.kind === 'not_granted' ? 'quiet' : undefined}
          onClick={() => leaveTo(openOnboarding({ lesson: lessonTabOf(page) }))}
        >
          {i18n.t('popup.answer_questions')}
        </button>
      ) : (
        <ProfileLine preferences={preferences} />
      )}
      {page?.kind === 'granted' && (
        <BookProgress tabId={page.tabId} isLesson={page.state.lesson} preferences={preferences} />
      )}
      <footer>
        <button type="button" className="link" onClick={() => leaveTo(browser.runtime.openOptionsPage())}>
          {i18n.t('popup.options')}
        </button>
        {page !== undefined && page.kind !== 'browser' && <StaffLink />}
      </footer>
    </main>
  )
}

/** The tab to come back to, where a lesson is what the popup stands over. */
function lessonTabOf(page: Page | undefined): number | undefined {
  return page?.kind === 'granted' && page.state.lesson ? page.tabId : undefined
}
