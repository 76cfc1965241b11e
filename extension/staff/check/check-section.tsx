import type { Site } from '@lectern/shared'
import { useEffect, useRef, useState } from 'react'
import { browser } from 'wxt/browser'
import { siteRulesOf } from '../../background/site-rules-of.ts'
import { i18n, numberText } from '../../locales/i18n.ts'
import { originPattern } from '../../permissions/origin-pattern.ts'
import { askOutline } from '../../progress/ask-outline.ts'
import { BlockList } from '../block-list.tsx'
import type { PageSummary } from '../page-summary.ts'
import { closePage, openPage, type PageTab } from '../page-tab.ts'
import { warningsOf, warningText } from '../page-warnings.ts'
import { visitPages } from '../visit-pages.ts'
import { choosePages } from './choose-pages.ts'
import { readTab } from './read-tab.ts'

/** Other pages of the site that are looked at. */
const MOST = 5
/** Milliseconds: for a page's scripts, and so that a small server is not hurried. */
const REST = 1200

/** What became of one page; without a summary it could not be opened or read. */
type CheckedPage = { url: string; page: PageSummary | undefined }

/** Checks what would be taken of this page and of others that its navigation links to. */
export function CheckSection({ site, tab }: { site: Site; tab: PageTab }) {
  const [pages, setPages] = useState<CheckedPage[]>([])
  const [status, setStatus] = useState('')
  const [running, setRunning] = useState<AbortController>()
  const opened = useRef<number>(undefined)
  // Who leaves the textbook's page wants no more tabs to open.
  useEffect(() => () => running?.abort(), [running])

  async function check(): Promise<void> {
    // First in the click: Firefox shows its prompt only when nothing was awaited before.
    const granted = await browser.permissions.request({ origins: [originPattern(tab.url) ?? ''] })
    if (!granted) return setStatus(i18n.t('staff.check.not_allowed'))
    const stopped = new AbortController()
    setRunning(stopped)
    setPages([])
    const outline = await askOutline(tab.id)
    const listed = (outline?.entries ?? []).flatMap(({ url }) => url ?? [])
    const others = choosePages(listed, { url: tab.url, patterns: site.patterns, most: MOST })
    const urls = [tab.url, ...others]
    const say = (number: number) =>
      setStatus(i18n.t('staff.check.running', { number: numberText(number), total: numberText(urls.length) }))
    say(1)
    let done = 0
    await visitPages(
      urls,
      {
        open: async (url) => {
          opened.current = url === tab.url ? undefined : await openPage(url, { active: false })
          return opened.current ?? tab.id
        },
        read: (id, url) => readTab(id, siteRulesOf(site, url)),
        close: async (id) => {
          if (id === opened.current) await closePage(id)
        },
        rest: () => new Promise((resolve) => setTimeout(resolve, REST)),
      },
      {
        signal: stopped.signal,
        onPage(url, page) {
          setPages((before) => [...before, { url, page }])
          done += 1
          if (done < urls.length && !stopped.signal.aborted) say(done + 1)
        },
      },
    )
    const end = others.length === 0 ? 'staff.check.alone' : 'staff.check.done'
    setStatus(i18n.t(stopped.signal.aborted ? 'staff.check.stopped' : end))
    setRunning(undefined)
  }

  return (
    <section className="card check" aria-labelledby="check-title">
      <h2 id="check-title">{i18n.t('staff.check.title')}</h2>
      <p className="hint">{i18n.t('staff.check.hint')}</p>
      {running === undefined ? (
        <button type="button" onClick={() => void check()}>
          {i18n.t('staff.check.start')}
        </button>
      ) : (
        <button type="button" className="quiet" onClick={() => running.abort()}>
          {i18n.t('staff.check.stop')}
        </button>
      )}
      <p role="status" className="saved">
        {status}
      </p>
      <ul className="rows">
        {pages.map((checked) => (
          <CheckedRow key={checked.url} checked={checked} site={site} />
        ))}
      </ul>
    </section>
  )
}

function CheckedRow({ checked: { url, page }, site }: { checked: CheckedPage; site: Site }) {
  const warnings = page === undefined ? [] : warningsOf(page, site)
  return (
    <li className="checked">
      <div>
        <a href={url} target="_blank" rel="noreferrer">
          <bdi>{page?.title || url}</bdi>
        </a>
        {page?.lesson && <p className="hint">{figuresText(page)}</p>}
        {page === undefined && <p className="problem">{i18n.t('staff.check.warnings.unreadable')}</p>}
        {page !== undefined &&
          warnings.map((warning) => (
            <p key={warning} className="problem">
              {warningText(warning, page)}
            </p>
          ))}
        {page !== undefined && warnings.length === 0 && <p>{i18n.t('staff.check.fine')}</p>}
        {page?.lesson && !page.too_large && (
          <details>
            <summary>{i18n.t('staff.blocks.title')}</summary>
            <BlockList page={page} />
          </details>
        )}
      </div>
    </li>
  )
}

function figuresText(page: PageSummary): string {
  const figures = i18n.t('staff.check.figures', {
    blocks: numberText(page.block_count),
    code: numberText(page.code),
    formulas: numberText(page.formulas),
    figures: numberText(page.figures),
    words: numberText(page.words),
  })
  const family =
    page.family === undefined
      ? i18n.t('staff.check.no_family')
      : i18n.t('staff.check.family', { family: page.family })
  return `${figures} · ${family}`
}
