import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { i18n } from '../locales/i18n.ts'
import { RichText } from '../locales/rich-text.tsx'
import { hostOf } from '../options/host-of.ts'
import { PageHeader } from '../pages/page-header.tsx'
import { CourseList } from './course-list.tsx'
import { tabOfAddress, takeTab } from './page-tab.ts'
import { hrefOf, hrefOfPage, useRoute } from './route.ts'
import { SignIn } from './sign-in.tsx'
import { SiteList } from './site-list.tsx'
import { SitePage } from './site-page.tsx'
import { staffFailureText } from './staff-failure-text.ts'
import { resumeSession, type StaffState, signOut, staffStore } from './staff-store.ts'
import { UsageSection } from './usage-section.tsx'

type SignedIn = Extract<StaffState, { status: 'signed_in' }>

/** Where course staff see to their textbooks. */
export function StaffPage() {
  const state = useStore(staffStore)
  return (
    <main className="page staff">
      <PageHeader title={i18n.t('staff.title')}>{i18n.t('staff.lead')}</PageHeader>
      {state.status === 'signed_out' && <SignIn failure={state.failure} />}
      {state.status === 'away' && (
        <section className="card">
          <p role="alert">{staffFailureText(state.failure)}</p>
          <div className="actions">
            <button type="button" onClick={() => void resumeSession()}>
              {i18n.t('lesson.retry')}
            </button>
            <button type="button" className="quiet" onClick={() => void signOut()}>
              {i18n.t('staff.sign_out')}
            </button>
          </div>
        </section>
      )}
      {state.status === 'signed_in' && <SignedInPage state={state} />}
    </main>
  )
}

function SignedInPage({ state }: { state: SignedIn }) {
  const route = useRoute()
  const isReady = useNamedTab(state)
  const listed = route.name === 'site' ? state.sites.find(({ site }) => site.id === route.id) : undefined
  return (
    <>
      <p className="signed-in">
        <span>
          <RichText of="staff.signed_in" name={<b>{state.member.name}</b>} host={hostOf(state.apiUrl)} />
        </span>
        <button type="button" className="link" onClick={() => void signOut()}>
          {i18n.t('staff.sign_out')}
        </button>
      </p>
      {route.name !== 'sites' && (
        <nav>
          <a href={hrefOf.sites()}>{i18n.t('staff.all_sites')}</a>
        </nav>
      )}
      {isReady && route.name === 'new' && <SitePage key="new" />}
      {isReady && route.name === 'site' && <SitePage key={route.id} id={route.id} listed={listed} />}
      {route.name === 'sites' && (
        <>
          <SiteList sites={state.sites} />
          <CourseList />
          <UsageSection />
        </>
      )}
    </>
  )
}

/** Takes the tab that this page was opened for: its textbook's page is shown, or that of a new one. */
function useNamedTab({ sites }: SignedIn): boolean {
  const id = tabOfAddress(location.search)
  const [isReady, setReady] = useState(id === undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; which sites are listed later changes nothing
  useEffect(() => {
    if (id === undefined) return
    void takeTab(id).then((tab) => {
      if (tab !== undefined && location.hash === '')
        location.hash = hrefOfPage(
          sites.map(({ site }) => site),
          tab.url,
        )
      setReady(true)
    })
  }, [id])
  return isReady
}
