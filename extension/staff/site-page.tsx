import type { Site } from '@lectern/shared'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { i18n } from '../locales/i18n.ts'
import { CourseList } from './course-list.tsx'
import { pageTabStore } from './page-tab.ts'
import { proposeSite } from './propose-site.ts'
import { SiteForm } from './site-form.tsx'
import { SiteHistory } from './site-history.tsx'
import { callStaff, staffStore } from './staff-store.ts'

type SitePageProps = {
  /** Absent for a textbook that is not listed yet. */
  id?: string
  /** What the public list says of it; absent where it is on no list any more. */
  listed?: Site | undefined
}

/** A textbook: all that staff say of it, who changed it, and the courses that have it. */
export function SitePage({ id, listed }: SitePageProps) {
  const { tab } = useStore(pageTabStore)
  const [site, setSite] = useState<Site | undefined>(() => (id === undefined ? proposal() : undefined))
  // A change of it is its history's, too.
  const [changes, setChanges] = useState(0)
  // The form begins anew where another one's change was undone.
  const [revision, setRevision] = useState(0)
  const noteChange = () => setChanges((count) => count + 1)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the form itself saved, it shows already
  useEffect(() => {
    if (id !== undefined) void readSite(id, listed).then(setSite)
  }, [id, revision])

  const isListed = id === undefined || listed !== undefined
  return (
    <>
      <h2 className="site-title" tabIndex={-1} ref={focusOnce}>
        <bdi>{id === undefined ? i18n.t('staff.sites.add') : (listed?.name ?? id)}</bdi>
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
          {isListed && <CourseList offered={id} />}
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
  const taken = state.status === 'signed_in' ? state.sites.map(({ id }) => id) : []
  const { tab = { url: '', title: '' } } = pageTabStore.getState()
  return proposeSite(tab, taken)
}

/** All fields of a site: the public list leaves out its glossary. */
async function readSite(id: string, listed: Site | undefined): Promise<Site | undefined> {
  const read = await callStaff((client) => client.siteHistory(id))
  return 'answer' in read ? (read.answer[0]?.after ?? listed) : listed
}
