import type { ProgressState } from '@lectern/shared'
import type { MouseEvent } from 'react'
import { i18n, numberText } from '../locales/i18n.ts'
import type { BookLesson, Chapter } from './book-chapters.ts'

type ChapterListProps = {
  chapters: Chapter[]
  /** The address of the lesson that the learner looks at. */
  here: string
  stateOf: (address: string) => ProgressState
  open: (url: string) => void
}

/** The outline of a book, each chapter folded but the one that the learner is in. */
export function ChapterList({ chapters, ...props }: ChapterListProps) {
  return (
    <details
      className="book-outline"
      onToggle={({ currentTarget }) => currentTarget.open && showHere(currentTarget)}
    >
      <summary>{i18n.t('progress.outline')}</summary>
      {chapters.map((chapter, i) =>
        chapter.title === undefined ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the chapters of a book keep their order
          <LessonList key={i} lessons={chapter.lessons} {...props} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above; two chapters may have one title
          <ChapterFold key={i} title={chapter.title} lessons={chapter.lessons} {...props} />
        ),
      )}
    </details>
  )
}

/** In a long book the lesson that the learner is at may be far down. */
function showHere(outline: HTMLElement): void {
  outline.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
}

type LessonsProps = Omit<ChapterListProps, 'chapters'> & { lessons: BookLesson[] }

function ChapterFold({ title, lessons, ...props }: LessonsProps & { title: string }) {
  const done = lessons.filter(({ address }) => props.stateOf(address) === 'completed').length
  const counts = { done: numberText(done), total: numberText(lessons.length) }
  return (
    <details className="chapter" open={lessons.some(({ address }) => address === props.here)}>
      <summary>
        <bdi lang="">{title}</bdi>
        <span className="hint" aria-hidden="true">
          {counts.done}/{counts.total}
        </span>
        <span className="visually-hidden"> {i18n.t('progress.completed_of', counts)}</span>
      </summary>
      <LessonList lessons={lessons} {...props} />
    </details>
  )
}

function LessonList({ lessons, here, stateOf, open }: LessonsProps) {
  const openHere = (event: MouseEvent, url: string) => {
    // With a key held the browser opens it in a tab or window of its own.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    open(url)
  }
  return (
    <ol>
      {lessons.map(({ title, url, address }) => (
        <li key={address}>
          <span className={`state ${stateOf(address)}`} aria-hidden="true" />
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            aria-current={address === here ? 'page' : undefined}
            onClick={(event) => openHere(event, url)}
          >
            <bdi lang="">{title}</bdi>
          </a>
          <span className="visually-hidden"> {i18n.t(`progress.${stateOf(address)}`)}</span>
        </li>
      ))}
    </ol>
  )
}
