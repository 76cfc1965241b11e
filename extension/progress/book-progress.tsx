import type { Preferences } from '@lectern/shared'
import { useEffect, useState } from 'react'
import { browser } from 'wxt/browser'
import { useStore } from 'zustand'
import { i18n, numberText } from '../locales/i18n.ts'
import { askOutline } from './ask-outline.ts'
import { bookChapters, type Chapter } from './book-chapters.ts'
import type { BookOutline } from './book-outline.ts'
import { ChapterList } from './chapter-list.tsx'
import { lessonAddress } from './lesson-address.ts'
import { nextLesson } from './next-lesson.ts'
import { type ProgressKept, progressOf, progressStore } from './progress-store.ts'
import { ShareProgress } from './share-progress.tsx'
import { ThisLesson } from './this-lesson.tsx'

/**
 * How far the learner is with the book of a tab's page: this lesson, the next one, and the outline by chapters.
 * Nothing where the page tells of no book and is no lesson.
 */
export function BookProgress({
  tabId,
  isLesson,
  preferences,
}: {
  tabId: number
  isLesson: boolean
  preferences: Preferences | null
}) {
  const kept = useKeptProgress()
  const outline = useOutline(tabId)
  if (kept === undefined || outline === undefined) return null
  const here = lessonAddress(outline.url)
  const chapters = bookChapters(outline.entries)
  const lessons = chapters.flatMap((chapter) => chapter.lessons)
  if (here === undefined || (!isLesson && !outline.listed)) return null
  const isCompleted = (address: string) => progressOf(kept, address)?.state === 'completed'
  return (
    <section className="book-progress" aria-labelledby="book-progress">
      <h2 id="book-progress">{i18n.t('progress.title')}</h2>
      {isLesson && <ThisLesson url={outline.url} address={here} progress={progressOf(kept, here)} />}
      {lessons.length > 1 && (
        <NextLesson
          chapters={chapters}
          here={here}
          isCompleted={isCompleted}
          preferences={preferences}
          tabId={tabId}
          isWhole={outline.listed}
        />
      )}
      {outline.listed && (
        <>
          <CompletedCount
            done={lessons.filter(({ address }) => isCompleted(address)).length}
            of={lessons.length}
          />
          <ChapterList
            chapters={chapters}
            here={here}
            stateOf={(address) => progressOf(kept, address)?.state ?? 'not_started'}
            open={(url) => void openLesson(tabId, url)}
          />
        </>
      )}
      {preferences !== null && <ShareProgress sharedWith={kept.shared_with} />}
    </section>
  )
}

function NextLesson({
  chapters,
  here,
  isCompleted,
  preferences,
  tabId,
  isWhole,
}: {
  chapters: Chapter[]
  here: string
  isCompleted: (address: string) => boolean
  preferences: Preferences | null
  tabId: number
  /** Whether the chapters are all of the book. */
  isWhole: boolean
}) {
  const next = nextLesson(chapters, here, isCompleted, preferences)
  if (next === undefined)
    return isWhole && isCompleted(here) ? <p className="hint">{i18n.t('progress.all_done')}</p> : null
  return (
    <button type="button" className="quiet next-lesson" onClick={() => void openLesson(tabId, next.url)}>
      <span className="hint">{i18n.t('progress.next')}</span> <bdi lang="">{next.title}</bdi>
    </button>
  )
}

function CompletedCount({ done, of }: { done: number; of: number }) {
  return (
    <div className="completed-count">
      <label htmlFor="completed-count">
        {i18n.t('progress.completed_of', { done: numberText(done), total: numberText(of) })}
      </label>
      <progress id="completed-count" value={done} max={of} />
    </div>
  )
}

/** Opens a lesson in the tab whose book this is. */
async function openLesson(tabId: number, url: string): Promise<void> {
  await browser.tabs.update(tabId, { url })
  close()
}

/** What is kept on this machine, from when it was read on. */
function useKeptProgress(): ProgressKept | undefined {
  const [isRead, setRead] = useState(false)
  const kept = useStore(progressStore.store)
  useEffect(() => {
    const following = progressStore.follow()
    void following.then(() => setRead(true))
    return () => void following.then((stop) => stop())
  }, [])
  return isRead ? kept : undefined
}

function useOutline(tabId: number): BookOutline | undefined {
  const [outline, setOutline] = useState<BookOutline>()
  useEffect(() => {
    let isWanted = true
    void askOutline(tabId).then((read) => {
      if (isWanted) setOutline(read)
    })
    return () => {
      isWanted = false
    }
  }, [tabId])
  return outline
}
