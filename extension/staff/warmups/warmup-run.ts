import type { Failure, Site } from '@lectern/shared'
import { createStore } from 'zustand/vanilla'
import { refusalOnSite } from '../../background/owner-wishes.ts'
import { keptDocumentsOf } from '../../background/site-documents.ts'
import { siteRulesOf } from '../../background/site-rules-of.ts'
import type { SiteRules } from '../../messaging/messages.ts'
import type { NoLessonReason } from '../../sites/no-lesson-reason.ts'
import { askReader } from '../ask-reader.ts'
import { closePage, openPage } from '../page-tab.ts'
import { callStaff } from '../staff-store.ts'
import { visitPages } from '../visit-pages.ts'
import type { LessonPage } from './lesson-pages.ts'
import { LessonReading } from './lesson-reading.ts'
import { warmupLesson } from './warmup-lesson.ts'

/** Why a page could not be given to a warm-up. */
export type PageProblem = { failure: Failure } | { reason: NoLessonReason | 'too_large' | 'closed' }
type ProblemPage = { page: LessonPage; problem: PageProblem }

/** The reading of lessons for a warm-up, one after the other. It goes on while the staff page is open. */
export type WarmupRun = {
  warmupId: string
  siteId: string
  state: 'reading' | 'paused' | 'ended'
  total: number
  read: number
  problems: ProblemPage[]
}

/** Milliseconds: for a page's scripts, and so that a small server is not hurried. */
const REST = 2000

export const warmupRunStore = createStore<{ run: WarmupRun | undefined }>(() => ({ run: undefined }))

let stopped = new AbortController()

/** Opens pages of a textbook one after the other, reads their lessons and gives them to a warm-up. */
export async function runWarmup(site: Site, warmupId: string, pages: readonly LessonPage[]): Promise<void> {
  stopped.abort()
  stopped = new AbortController()
  const { signal } = stopped
  const problems: ProblemPage[] = []
  const run: WarmupRun = {
    warmupId,
    siteId: site.id,
    state: 'reading',
    total: pages.length,
    read: 0,
    problems,
  }
  warmupRunStore.setState({ run })
  const titles = new Map(pages.map((page) => [page.url, page]))
  await visitPages([...titles.keys()], ports(site, warmupId), {
    signal,
    onPage(url, problem) {
      const page = titles.get(url)
      if (page !== undefined && problem !== undefined) problems.push({ page, problem })
      change(signal, (before) => ({ ...before, read: before.read + 1, problems: [...problems] }))
    },
  })
  change(signal, (before) => ({ ...before, state: 'ended' }))
}

/** Opens no further page until it is to go on. */
export function pauseRun(pause: boolean): void {
  change(stopped.signal, (run) =>
    run.state === 'ended' ? run : { ...run, state: pause ? 'paused' : 'reading' },
  )
}

/** Opens no further page. */
export function stopRun(): void {
  change(stopped.signal, (run) => ({ ...run, state: 'ended' }))
  stopped.abort()
}

function change(signal: AbortSignal, to: (run: WarmupRun) => WarmupRun): void {
  const { run } = warmupRunStore.getState()
  if (run !== undefined && !signal.aborted) warmupRunStore.setState({ run: to(run) })
}

function ports(site: Site, warmupId: string) {
  return {
    open: async (url: string) => {
      await whileNotPaused()
      return openPage(url, { active: false })
    },
    read: (tab: number, url: string) => give(site, warmupId, tab, url),
    close: closePage,
    rest: () => new Promise<void>((resolve) => setTimeout(resolve, REST)),
  }
}

function whileNotPaused(): Promise<void> {
  const isPaused = () => warmupRunStore.getState().run?.state === 'paused'
  return new Promise((resolve) => {
    if (!isPaused()) return resolve()
    const unsubscribe = warmupRunStore.subscribe(() => {
      if (isPaused()) return
      unsubscribe()
      resolve()
    })
  })
}

/** Reads the lesson in a tab and gives it to a warm-up, where its owner lets it be rewritten. */
async function give(
  site: Site,
  warmupId: string,
  tab: number,
  url: string,
): Promise<PageProblem | undefined> {
  const { files } = await keptDocumentsOf(url)
  const reading = await askReader(tab, LessonReading, readHere, siteRulesOf(site, url, files[0]))
  if (reading === undefined) return { reason: 'closed' }
  if ('reason' in reading) return { reason: reading.reason }
  const refusal = await refusalOnSite(site, url, reading.stated)
  if (refusal !== undefined) return { failure: refusal }
  const lesson = warmupLesson(reading.lesson, url)
  if ('refused' in lesson) return { failure: { error: lesson.refused, message: '' } }
  const added = await callStaff((client) => client.addWarmupLesson(warmupId, lesson))
  return 'failure' in added ? { failure: added.failure } : undefined
}

/** Runs in the page. */
function readHere(rules: SiteRules): LessonReading | undefined {
  return globalThis.lecternReadLesson?.(rules)
}
