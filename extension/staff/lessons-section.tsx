import type { SeenLesson } from '@lectern/shared'
import { useState } from 'react'
import { i18n, numberText } from '../locales/i18n.ts'
import { ListEnd } from './list-end.tsx'
import { staffFailureText } from './staff-failure-text.ts'
import { callStaff } from './staff-store.ts'
import { timeText } from './time-text.ts'
import { usePages } from './use-pages.ts'

/** The lessons that were read, each with a button to have it made anew. */
export function LessonsSection({ id }: { id: string }) {
  const {
    items: lessons,
    problem,
    more,
    again,
  } = usePages(id, (client, site, after) => client.lessons(site, after))
  /** What it was asked for whether its rewrites are to be dropped. */
  const [asked, setAsked] = useState<SeenLesson | 'all'>()
  const [status, setStatus] = useState('')

  async function purge(hash: string | undefined): Promise<void> {
    setAsked(undefined)
    const purged = await callStaff((client) => client.purge(id, hash))
    if ('failure' in purged) return setStatus(staffFailureText(purged.failure))
    setStatus(i18n.t('staff.lessons.purged', { count: numberText(purged.answer) }))
    await again()
  }

  return (
    <section className="card" aria-labelledby="lessons-title">
      <h2 id="lessons-title">{i18n.t('staff.lessons.title')}</h2>
      {lessons.length === 0 && problem === undefined && (
        <p className="hint">{i18n.t('staff.lessons.none')}</p>
      )}
      {asked === undefined && lessons.length > 0 && (
        <button type="button" className="danger" onClick={() => setAsked('all')}>
          {i18n.t('staff.lessons.purge_all')}
        </button>
      )}
      {asked !== undefined && (
        <Ask
          lesson={asked === 'all' ? i18n.t('staff.lessons.every_lesson') : titleOf(asked)}
          onYes={() => void purge(asked === 'all' ? undefined : asked.lesson_hash)}
          onNo={() => setAsked(undefined)}
        />
      )}
      <ul className="rows">
        {lessons.map((lesson) => (
          <li key={lesson.lesson_hash}>
            <span>
              <bdi>{titleOf(lesson)}</bdi>
              <br />
              <span className="hint">
                {i18n.t('staff.lessons.seen', {
                  readers: numberText(lesson.readers),
                  time: timeText(lesson.last_seen),
                })}
              </span>
            </span>
            {asked === undefined && (
              <button
                type="button"
                className="quiet"
                aria-label={i18n.t('staff.lessons.purge_named', { lesson: titleOf(lesson) })}
                onClick={() => setAsked(lesson)}
              >
                {i18n.t('staff.lessons.purge')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <ListEnd more={more} said={status || problem} />
    </section>
  )
}

function Ask({ lesson, onYes, onNo }: { lesson: string; onYes: () => void; onNo: () => void }) {
  return (
    <div className="actions">
      <p role="alert">{i18n.t('staff.lessons.purge_ask', { lesson })}</p>
      <button type="button" className="danger" onClick={onYes}>
        {i18n.t('staff.lessons.purge')}
      </button>
      {/* biome-ignore lint/a11y/noAutofocus: the button that was pressed is gone */}
      <button type="button" className="quiet" autoFocus onClick={onNo}>
        {i18n.t('report.cancel')}
      </button>
    </div>
  )
}

function titleOf({ title, lesson_slug, lesson_hash }: SeenLesson): string {
  return title ?? lesson_slug ?? lesson_hash.slice(0, 12)
}
