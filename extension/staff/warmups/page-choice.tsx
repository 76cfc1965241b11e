import { type Site, warmupLimits } from '@lectern/shared'
import { type ChangeEvent, useState } from 'react'
import { browser } from 'wxt/browser'
import { i18n, numberText } from '../../locales/i18n.ts'
import type { PageTab } from '../page-tab.ts'
import { type LessonPage, navigationPage, originsOfPages, pagesOfNavigation } from './lesson-pages.ts'
import { longestSitemap, readSitemap } from './read-sitemap.ts'

type PageChoiceProps = {
  site: Site
  tab: PageTab | undefined
  pages: readonly LessonPage[]
  chosen: ReadonlySet<string>
  onFound: (pages: LessonPage[]) => void
  onChoose: (chosen: Set<string>) => void
}

/** Which lessons are warmed up: those that the navigation names, or a sitemap, less what is unticked. */
export function PageChoice({ site, tab, pages, chosen, onFound, onChoose }: PageChoiceProps) {
  const [status, setStatus] = useState('')

  async function takeNavigation(): Promise<void> {
    // First in the click: Firefox shows its prompt only when nothing was awaited before.
    const granted = await browser.permissions.request({
      origins: originsOfPages([navigationPage(site, tab)]),
    })
    if (!granted) return setStatus(i18n.t('staff.check.not_allowed'))
    setStatus(i18n.t('staff.warmups.looking'))
    found(await pagesOfNavigation(site, tab), i18n.t('staff.warmups.navigation_none'))
  }

  async function takeSitemap({ target }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const [file] = target.files ?? []
    target.value = ''
    if (file === undefined) return
    const read =
      file.size > longestSitemap ? { problem: 'unreadable' as const } : readSitemap(await file.text(), site)
    if ('problem' in read) return setStatus(i18n.t(`staff.warmups.sitemap_${read.problem}`))
    found(read.pages, '')
  }

  function found(all: LessonPage[], none: string): void {
    onFound(all)
    setStatus(all.length === 0 ? none : '')
  }

  function toggle(url: string, on: boolean): void {
    const next = new Set(chosen)
    if (on) next.add(url)
    else next.delete(url)
    onChoose(next)
  }

  return (
    <fieldset className="field">
      <legend>{i18n.t('staff.warmups.lessons')}</legend>
      <div className="actions">
        <button type="button" className="quiet" onClick={() => void takeNavigation()}>
          {i18n.t('staff.warmups.from_navigation')}
        </button>
        <label className="button quiet file">
          {i18n.t('staff.warmups.from_sitemap')}
          <input
            type="file"
            accept=".xml,application/xml,text/xml"
            onChange={(event) => void takeSitemap(event)}
          />
        </label>
      </div>
      <p role="status" className="saved">
        {status}
      </p>
      {pages.length > 0 && (
        <>
          <div className="actions">
            <span>
              {i18n.t('staff.warmups.chosen', {
                count: numberText(chosen.size),
                total: numberText(pages.length),
              })}
            </span>
            <button
              type="button"
              className="link"
              onClick={() => onChoose(new Set(pages.slice(0, warmupLimits.lessons).map(({ url }) => url)))}
            >
              {i18n.t('staff.warmups.all')}
            </button>
            <button type="button" className="link" onClick={() => onChoose(new Set())}>
              {i18n.t('staff.warmups.no_lesson')}
            </button>
          </div>
          <ul className="taken ticks">
            {pages.map(({ url, title }) => (
              <li key={url}>
                <label>
                  <input
                    type="checkbox"
                    checked={chosen.has(url)}
                    onChange={(event) => toggle(url, event.target.checked)}
                  />
                  <bdi>{title}</bdi>
                </label>
              </li>
            ))}
          </ul>
        </>
      )}
    </fieldset>
  )
}
