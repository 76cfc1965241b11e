import type { SiteReport } from '@lectern/shared'
import { useState } from 'react'
import { i18n } from '../locales/i18n.ts'
import { ListEnd } from './list-end.tsx'
import { staffFailureText } from './staff-failure-text.ts'
import { callStaff } from './staff-store.ts'
import { timeText } from './time-text.ts'
import { usePages } from './use-pages.ts'

/** The problems that learners reported and nobody has seen to. */
export function ReportsSection({ id }: { id: string }) {
  const { items: reports, problem, more } = usePages(id, (client, site, after) => client.reports(site, after))
  const [done, setDone] = useState<string[]>([])
  const [status, setStatus] = useState('')
  const open = reports.filter(({ report_id }) => !done.includes(report_id))

  async function resolve({ report_id }: SiteReport): Promise<void> {
    const resolved = await callStaff((client) => client.resolveReport(id, report_id))
    if ('failure' in resolved) return setStatus(staffFailureText(resolved.failure))
    setDone((before) => [...before, report_id])
  }

  return (
    <section className="card" aria-labelledby="reports-title">
      <h2 id="reports-title">{i18n.t('staff.reports.title')}</h2>
      {open.length === 0 && problem === undefined && <p className="hint">{i18n.t('staff.reports.none')}</p>}
      <ul className="rows">
        {open.map((report) => (
          <li key={report.report_id}>
            <span>
              {i18n.t(`report.kind_${report.kind}`)}
              {report.text !== undefined && (
                <>
                  <br />
                  <q dir="auto">{report.text}</q>
                </>
              )}
              <br />
              <span className="hint">{timeText(report.reported_at)}</span>{' '}
              {/^https?:/.test(report.url) && (
                <a href={report.url} target="_blank" rel="noreferrer">
                  {i18n.t('staff.reports.open_page')}
                </a>
              )}
            </span>
            <button
              type="button"
              className="quiet"
              aria-label={i18n.t('staff.reports.resolve_named', { time: timeText(report.reported_at) })}
              onClick={() => void resolve(report)}
            >
              {i18n.t('staff.reports.resolve')}
            </button>
          </li>
        ))}
      </ul>
      <ListEnd more={more} said={status || problem} />
    </section>
  )
}
