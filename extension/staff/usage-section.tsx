import type { UsageReport } from '@lectern/shared'
import { i18n, numberText } from '../locales/i18n.ts'
import { dayText } from './time-text.ts'
import { byDay, figureOf, type UsageFigure, usageFigures } from './usage-by-day.ts'
import { useRead } from './use-read.ts'

/** What is drawn; failures are seldom, and stand in the table. */
const drawn = ['made', 'cached', 'tokens', 'saved'] as const satisfies UsageFigure[]

/** What was used of a textbook, or of all, in the last thirty days: plots, and the same as a table. */
export function UsageSection({ id }: { id?: string }) {
  const { answer: report, problem } = useRead(id ?? '', (client) => client.usage(id))
  return (
    <section className="card usage" aria-labelledby="usage-title">
      <h2 id="usage-title">{i18n.t(id === undefined ? 'staff.usage.all_title' : 'staff.usage.title')}</h2>
      {problem !== undefined && <p role="status">{problem}</p>}
      {report?.days.length === 0 && <p className="hint">{i18n.t('staff.usage.none')}</p>}
      {report !== undefined && report.days.length > 0 && <Usage report={report} />}
    </section>
  )
}

function Usage({ report }: { report: UsageReport }) {
  const { cost, saved_cost } = report.total
  return (
    <>
      <div className="plots">
        {drawn.map((figure) => (
          <Plot key={figure} report={report} figure={figure} />
        ))}
      </div>
      {cost > 0 && (
        <p>
          {i18n.t('staff.usage.cost')}: {moneyText(cost)} · {i18n.t('staff.usage.saved_cost')}:{' '}
          {moneyText(saved_cost)}
        </p>
      )}
      <details>
        <summary>{i18n.t('staff.usage.table')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
        <section className="scrolls" tabIndex={0} aria-label={i18n.t('staff.usage.table')}>
          <UsageTable report={report} />
        </section>
      </details>
    </>
  )
}

/** Bars by day. The table has the same for those who do not see them. */
function Plot({ report, figure }: { report: UsageReport; figure: UsageFigure }) {
  const days = byDay(report, figure)
  const most = Math.max(1, ...days.map(({ value }) => value))
  const name = i18n.t(`staff.usage.${figure}`)
  return (
    <figure className="plot">
      <figcaption>
        {name} <b>{numberText(figureOf(report.total, figure))}</b>
      </figcaption>
      <svg
        viewBox={`0 0 ${days.length * 10} 60`}
        preserveAspectRatio="none"
        role="img"
        aria-label={i18n.t('staff.usage.by_day', { figure: name })}
      >
        {days.map(({ day, value }, i) => {
          const height = value === 0 ? 1 : Math.max(3, (value / most) * 58)
          return (
            <rect key={day} x={i * 10 + 1} y={60 - height} width={8} height={height}>
              <title>{`${dayText(day)}: ${numberText(value)}`}</title>
            </rect>
          )
        })}
      </svg>
    </figure>
  )
}

function UsageTable({ report }: { report: UsageReport }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{i18n.t('staff.usage.day')}</th>
          {usageFigures.map((figure) => (
            <th key={figure} scope="col">
              {i18n.t(`staff.usage.${figure}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {byDay(report, 'made').map(({ day }, i) => (
          <tr key={day}>
            <th scope="row">{dayText(day)}</th>
            {usageFigures.map((figure) => (
              <td key={figure}>{numberText(byDay(report, figure)[i]?.value ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{i18n.t('staff.usage.total')}</th>
          {usageFigures.map((figure) => (
            <td key={figure}>{numberText(figureOf(report.total, figure))}</td>
          ))}
        </tr>
      </tfoot>
    </table>
  )
}

/** Small sums count here. */
function moneyText(cost: number): string {
  return numberText(Number(cost.toPrecision(3)))
}
