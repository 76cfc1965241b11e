import { type Site, siteOf } from '@lectern/shared'
import { useState } from 'react'
import { useStore } from 'zustand'
import { i18n } from '../locales/i18n.ts'
import { CourseList } from './course-list.tsx'
import { LessonsSection } from './lessons-section.tsx'
import { pageTabStore } from './page-tab.ts'
import { proposeSite } from './propose-site.ts'
import { ReportsSection } from './reports-section.tsx'
import { SiteForm } from './site-form.tsx'
import { SiteHistory } from './site-history.tsx'
import { type ListedSite, staffStore } from './staff-store.ts'
import { figureOf } from './usage-by-day.ts'
import { UsageSection } from './usage-section.tsx'
import { WarmupSection } from './warmups/warmup-section.tsx'

type SitePageProps = {
  /** Absent for a textbook that is not listed yet. */
  id?: string
  /** Absent where it is not on the list any more. */
  listed?: ListedSite | undefined
}

/** A textbook: all that staff say of it, who changed it, and the courses that have it. */
export function SitePage({ id, listed }: SitePageProps) {
  const { tab: atHand } = useStore(pageTabStore)
  // For a new one, as it was proposed when the page was opened.
  const [proposed] = useState(() => (id === undefined ? proposal() : undefined))
  const site = proposed ?? listed?.site
  // A page of another textbook says nothing of this one.
  const isOfSite = proposed !== undefined || siteOf(site ? [site] : [], atHand?.url ?? '') !== undefined
  const tab = isOfSite ? atHand : undefined
  // A change of it is its history's, too.
  const [changes, setChanges] = useState(0)
  // The form begins anew where another one's change was undone.
  const [revision, setRevision] = useState(0)
  const noteChange = () => setChanges((count) => count + 1)
  const isListed = id === undefined || listed !== undefined
  return (
    <>
      <h2 className="site-title" tabIndex={-1} ref={focusOnce}>
        <bdi>{id === undefined ? i18n.t('staff.sites.add') : (listed?.site.name ?? id)}</bdi>
      </h2>
      {!isListed && <p>{i18n.t('staff.sites.removed')}</p>}
      {isListed && site !== undefined && (
        <SiteForm
          key={`${site.id} ${revision}`}
          site={site}
          isNew={id === undefined}
          tab={tab}
          onChanged={noteChange}
        />
      )}
      {id !== undefined && (
        <>
          {listed !== undefined && (
            <>
              <CourseList offered={id} />
              <WarmupSection site={listed.site} tab={tab} spent={figureOf(listed.today, 'tokens')} />
              <UsageSection id={id} />
              <ReportsSection id={id} />
              <LessonsSection id={id} />
            </>
          )}
          <SiteHistory
            id={id}
            changes={changes}
            onChanged={() => {
              noteChange()
              setRevision((count) => count + 1)
            }}
          />
        </>
      )}
    </>
  )
}

/** Who goes to a textbook's page by its link begins there. */
function focusOnce(title: HTMLElement | null): void {
  title?.focus({ preventScroll: true })
}

function proposal(): Site {
  const state = staffStore.getState()
  const taken = state.status === 'signed_in' ? state.sites.map(({ site }) => site.id) : []
  const { tab = { url: '', title: '' } } = pageTabStore.getState()
  return proposeSite(tab, taken)
}
