import type { Failure, Site } from '@lectern/shared'
import { useEffect, useState } from 'react'
import { browser } from 'wxt/browser'
import { useStore } from 'zustand'
import { i18n } from '../../locales/i18n.ts'
import type { PageTab } from '../page-tab.ts'
import { staffFailureText } from '../staff-failure-text.ts'
import { callStaff } from '../staff-store.ts'
import { useRead } from '../use-read.ts'
import { type LessonPage, originsOfPages } from './lesson-pages.ts'
import { WarmupForm } from './warmup-form.tsx'
import { WarmupRow } from './warmup-row.tsx'
import { runWarmup, warmupRunStore } from './warmup-run.ts'

/** Milliseconds between two looks at how far warm-ups are, while one is under way. */
const PACE = 3000

type WarmupSectionProps = { site: Site; tab: PageTab | undefined; spent: number }

/** The rewrites of a textbook that are made before class. */
export function WarmupSection({ site, tab, spent }: WarmupSectionProps) {
  const { answer: warmups = [], problem, again } = useRead(site.id, (client, id) => client.warmups(id))
  const { run } = useStore(warmupRunStore)
  const [isChoosing, setChoosing] = useState(false)
  const [status, setStatus] = useState('')
  const isReading = run !== undefined && run.state !== 'ended'
  const isUnderWay = isReading || warmups.some(({ state, waiting }) => state === 'running' && waiting > 0)
  useEffect(() => {
    if (!isUnderWay) return
    const timer = setInterval(() => void again(), PACE)
    return () => clearInterval(timer)
  }, [isUnderWay, again])

  async function begin(pages: LessonPage[], profiles: string[]): Promise<void> {
    const created = await callStaff((client) => client.createWarmup({ site: site.id, profiles }))
    if ('failure' in created) return setStatus(refusalText(created.failure))
    setStatus('')
    setChoosing(false)
    void runWarmup(site, created.answer.warmup_id, pages).then(again)
    await again()
  }

  /** What failed is made by a warm-up of its own. */
  async function tryAgain(pages: LessonPage[], profiles: string[]): Promise<void> {
    // First in the click: Firefox shows its prompt only when nothing was awaited before.
    const granted = await browser.permissions.request({ origins: originsOfPages(pages) })
    if (granted) await begin(pages, profiles)
    else setStatus(i18n.t('staff.check.not_allowed'))
  }

  return (
    <section className="card warmups" aria-labelledby="warmups-title">
      <h2 id="warmups-title">{i18n.t('staff.warmups.title')}</h2>
      <p className="hint">{i18n.t('staff.warmups.hint')}</p>
      {isReading && <p>{i18n.t('staff.warmups.stay')}</p>}
      <ul className="rows">
        {warmups.map((warmup) => (
          <WarmupRow
            key={warmup.warmup_id}
            warmup={warmup}
            run={run?.warmupId === warmup.warmup_id ? run : undefined}
            onChanged={() => void again()}
            onAgain={(pages, profiles) => void tryAgain(pages, profiles)}
          />
        ))}
      </ul>
      {isChoosing ? (
        <WarmupForm site={site} tab={tab} spent={spent} onBegin={begin} onClose={() => setChoosing(false)} />
      ) : (
        <button type="button" className="quiet" disabled={isReading} onClick={() => setChoosing(true)}>
          {i18n.t('staff.warmups.begin')}
        </button>
      )}
      <p role="status" className="saved">
        {status || problem}
      </p>
    </section>
  )
}

/** Wrong tokens wait for a time that is told; where too many warm-ups are open, nobody knows for how long. */
function refusalText(failure: Failure): string {
  const isFull = failure.error === 'too_many_requests' && failure.retry_after === undefined
  return isFull ? i18n.t('staff.warmups.many_open') : staffFailureText(failure)
}
