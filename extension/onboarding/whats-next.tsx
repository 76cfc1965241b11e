import { useEffect, useRef } from 'react'
import { browser } from 'wxt/browser'
import { useStore } from 'zustand'
import type { Outcome } from '../messaging/messages.ts'
import { PageHeader } from '../pages/page-header.tsx'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { CourseSites } from './course-sites.tsx'

type WhatsNextProps = {
  /** Whether the API has the answers; nothing while it is being told. */
  told: Outcome | undefined
  lessonTab: number | undefined
}

/** Where the answers are now, and how to the first personalized lesson. */
export function WhatsNext({ told, lessonTab }: WhatsNextProps) {
  const { host } = new URL(apiUrlOf(useStore(settingsStore.store)))
  const main = useRef<HTMLElement>(null)
  useEffect(() => main.current?.focus(), [])
  return (
    <main className="page" ref={main} tabIndex={-1}>
      <PageHeader title="You are ready">
        <span role="status">{savedWhere(told, host)}</span>
      </PageHeader>
      {lessonTab !== undefined && (
        <button type="button" onClick={() => backTo(lessonTab)}>
          Back to your lesson
        </button>
      )}
      <section className="card" aria-labelledby="steps-title">
        <h2 id="steps-title">To your first lesson</h2>
        <ol className="steps">
          <li>Open a page of your textbook.</li>
          <li>
            Click Lectern in the browser’s toolbar (it may be behind the puzzle piece) and choose{' '}
            <b>Use Lectern on this site</b>.
          </li>
          <li>
            Above the lesson stand two tabs; choose the second.
            <span className="tabs-picture" aria-hidden="true">
              <span>Original</span>
              <span>Personalized</span>
            </span>
          </li>
        </ol>
      </section>
      <CourseSites />
    </main>
  )
}

function savedWhere(told: Outcome | undefined, host: string): string {
  if (told === undefined) return 'Your answers are saved here.'
  if (told.ok) return `Your answers are saved here and at ${host}.`
  return `Your answers are saved here. ${host} does not answer now: they go there with the first lesson that you personalize.`
}

async function backTo(tab: number): Promise<void> {
  await browser.tabs.update(tab, { active: true })
}
