import { type Site, warmupLimits } from '@lectern/shared'
import { type SubmitEvent, useEffect, useState } from 'react'
import { browser } from 'wxt/browser'
import { countText, i18n, numberText } from '../../locales/i18n.ts'
import type { PageTab } from '../page-tab.ts'
import { useRead } from '../use-read.ts'
import { type LessonPage, originsOfPages } from './lesson-pages.ts'
import { PageChoice } from './page-choice.tsx'
import { ProfileChoice } from './profile-choice.tsx'

type WarmupFormProps = {
  site: Site
  tab: PageTab | undefined
  /** Tokens that were spent on the textbook today. */
  spent: number
  onBegin: (pages: LessonPage[], profiles: string[]) => Promise<void>
  onClose: () => void
}

/** Which lessons are made before class, and for whom. */
export function WarmupForm({ site, tab, spent, onBegin, onClose }: WarmupFormProps) {
  const { answer: used, problem } = useRead(site.id, (client, id) => client.usedProfiles(id))
  const [pages, setPages] = useState<LessonPage[]>([])
  const [chosenPages, choosePages] = useState<ReadonlySet<string>>(new Set())
  const [added, setAdded] = useState<string[]>([])
  const [chosenProfiles, chooseProfiles] = useState<ReadonlySet<string>>(new Set())
  const [status, setStatus] = useState('')
  // Those of most learners are what is usually wanted; a few, as each costs the same again.
  useEffect(() => {
    if (used !== undefined) chooseProfiles(new Set(used.slice(0, 3).map(({ profile }) => profile)))
  }, [used])
  const rewrites = chosenPages.size * chosenProfiles.size

  function find(found: LessonPage[]): void {
    setPages(found)
    choosePages(new Set(found.slice(0, warmupLimits.lessons).map(({ url }) => url)))
  }

  function add(profile: string): void {
    if (!added.includes(profile) && !used?.some((one) => one.profile === profile))
      setAdded([...added, profile])
    if (chosenProfiles.size < warmupLimits.profiles) chooseProfiles(new Set([...chosenProfiles, profile]))
  }

  async function begin(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (rewrites === 0) return setStatus(i18n.t('staff.warmups.nothing_chosen'))
    if (chosenPages.size > warmupLimits.lessons)
      return setStatus(i18n.t('staff.warmups.too_many', { count: numberText(warmupLimits.lessons) }))
    const wanted = pages.filter(({ url }) => chosenPages.has(url))
    // First in the click: Firefox shows its prompt only when nothing was awaited before.
    const granted = await browser.permissions.request({ origins: originsOfPages(wanted) })
    if (!granted) return setStatus(i18n.t('staff.check.not_allowed'))
    await onBegin(wanted, [...chosenProfiles])
  }

  return (
    <form className="fields wide" onSubmit={begin} noValidate>
      <PageChoice
        site={site}
        tab={tab}
        pages={pages}
        chosen={chosenPages}
        onFound={find}
        onChoose={choosePages}
      />
      <ProfileChoice
        used={used ?? []}
        added={added}
        chosen={chosenProfiles}
        onAdd={add}
        onChoose={chooseProfiles}
      />
      <p className="hint">{budgetText(site, spent)}</p>
      <div className="actions">
        <button type="submit">{countText('staff.warmups.start', rewrites)}</button>
        <button type="button" className="quiet" onClick={onClose}>
          {i18n.t('report.cancel')}
        </button>
      </div>
      <p role="status" className="saved">
        {status || problem}
      </p>
    </form>
  )
}

function budgetText({ daily_token_budget }: Site, spent: number): string {
  return daily_token_budget === undefined
    ? i18n.t('staff.warmups.no_budget', { spent: numberText(spent) })
    : i18n.t('staff.warmups.budget', { budget: numberText(daily_token_budget), spent: numberText(spent) })
}
