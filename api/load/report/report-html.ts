import { escapeHtml } from '../../pages/escape-html.ts'
import { population } from '../scenarios/population.ts'
import { barChart, heatChart, lineChart, stackedChart } from './charts/charts.ts'
import { compareReports, differences } from './compare-reports.ts'
import { type LoadReport, latencySteps, type Times } from './load-report.ts'

/** A run as one HTML page that needs nothing else; beside an earlier run, where there is one. */
export function reportHtml(report: LoadReport, earlier?: LoadReport): string {
  const { scenario, at, stack, machine, notes, options, interrupted } = report
  const title = `Load test: ${scenario}${options.oneProfile ? ' (best case)' : ''}`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title><style>${styles}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(at.slice(0, 16).replace('T', ' '))} UTC · ${escapeHtml(stack)} · ${escapeHtml(machine.cpu)}, ${machine.cores} cores, load ${machine.load} at the end · Node ${escapeHtml(machine.node)}</p>
<p>${escapeHtml(settingsText(report))}</p>
${notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join('\n')}
${verdictTable(report)}
${earlier ? comparison(report, earlier) : ''}
${interrupted && report.visits === 0 ? '' : plots(report)}
${tables(report)}
${options.oneProfile ? '' : populationTable()}
</main></body></html>
`
}

function settingsText({ options, visits, requests, seconds }: LoadReport): string {
  const { learners, rate, spacing, seed, model } = options
  return `${learners} learners, ${visits} visits by ${requests} requests in ${seconds} s (rate ${rate}, ${spacing}, seed ${seed}). The model: ${model.ttft_ms} ms to its first token, ${model.tokens_per_second} tokens a second. A visit's time runs from when it was to begin, however late it did.`
}

function verdictTable({ verdicts }: LoadReport): string {
  const rows = verdicts.map(({ name, value, unit, goal, isMet }) => [
    name,
    `${figure(value)} ${unit}`,
    goal,
    isMet ? 'met' : 'MISSED',
  ])
  const classes = verdicts.map(({ isMet }) => (isMet ? 'met' : 'missed'))
  return table('Goals', ['goal', 'figure', 'wanted', ''], rows, classes)
}

function comparison(report: LoadReport, earlier: LoadReport): string {
  const rows = compareReports(earlier, report).map(({ name, unit, before, now, change }) => [
    name,
    `${figure(before)} ${unit}`,
    `${figure(now)} ${unit}`,
    change === undefined ? '' : percentText(change),
  ])
  const other = differences(earlier, report)
  const warning =
    other.length === 0 ? '' : `<p class="note">Not the same run: ${escapeHtml(other.join('; '))}.</p>`
  return `${warning}${table(`Compared with ${earlier.at.slice(0, 16).replace('T', ' ')} UTC`, ['figure', 'then', 'now', 'change'], rows)}`
}

function percentText(change: number): string {
  const percent = Math.round(change * 100)
  return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)} %`
}

function plots({ moments, series, upstream, tokens, visits }: LoadReport): string {
  const seconds = 'seconds from the start'
  const stepOf = (ms: number) => {
    const step = latencySteps.findIndex((most) => ms <= most)
    return (step === -1 ? latencySteps.length : step) + 0.5
  }
  const named = [10, 100, 1_000, 10_000, 60_000]
  const used =
    latencySteps.findLastIndex((_, i) => moments.some(({ latencies }) => (latencies[i] ?? 0) > 0)) + 1
  const line = (name: string, of: 'p50' | 'p99') => ({
    name,
    points: moments.flatMap((moment) => {
      const ms = moment[of]
      return ms === undefined ? [] : [{ x: moment.at, y: Math.min(stepOf(ms), used) }]
    }),
  })
  return `<div class="plots">${[
    heatChart(
      {
        title: 'Time to the whole lesson',
        note: 'The stronger the colour, the more visits.',
        x: seconds,
        y: 'time, in steps',
      },
      moments.map((moment) => ({ x: moment.at, counts: moment.latencies.slice(0, used) })),
      {
        count: used,
        names: latencySteps.flatMap((ms, i) =>
          named.includes(ms) && i < used
            ? [[i + 1, ms >= 1_000 ? `${ms / 1_000} s` : `${ms} ms`] as const]
            : [],
        ),
        textOf: (step) => `up to ${latencySteps[step]} ms`,
      },
      [line('p50', 'p50'), line('p99', 'p99')],
    ),
    stackedChart(
      {
        title: 'Sections that visits asked for',
        x: seconds,
        y: 'sections',
        note: 'As the stream of each visit said when it began.',
      },
      ['stored', 'in the making for another', 'to be made'],
      moments.map(({ at, stored, shared, made }) => ({ x: at, values: [stored, shared, made] })),
    ),
    lineChart(
      {
        title: 'Calls to the model against visits',
        x: 'visits so far',
        y: 'calls so far',
        note: `${upstream.generations} rewrites were needed.`,
      },
      [
        {
          name: 'calls',
          points: [
            ...(upstream.calls === undefined ? [] : [{ x: 0, y: 0 }]),
            ...moments.flatMap(({ visitsSoFar, callsSoFar }) =>
              callsSoFar === undefined ? [] : [{ x: visitsSoFar, y: callsSoFar }],
            ),
            ...(upstream.calls === undefined ? [] : [{ x: visits, y: upstream.calls }]),
          ],
        },
      ],
    ),
    tokens
      ? barChart(
          {
            title: 'Tokens',
            x: '',
            y: 'tokens',
            note: `Spent for ${tokens.money.toFixed(2)}, saved ${tokens.moneySaved.toFixed(2)}, at ${tokens.prices}.`,
          },
          [
            { name: 'spent', value: tokens.prompt + tokens.completion },
            { name: 'saved', value: tokens.saved },
          ],
        )
      : '',
    ...(
      [
        ['CPU by process', 'cores', 'load'],
        ['Memory by process', 'MB', 'rssMb'],
        ['Heap by process', 'MB', 'heapMb'],
      ] as const
    ).map(([title, y, of]) =>
      lineChart(
        { title, x: seconds, y },
        series.map(({ name, points }) => ({
          name,
          points: points.map((point) => ({ x: point.at, y: point[of] })),
        })),
      ),
    ),
  ].join('\n')}</div>`
}

function tables({
  parts,
  sections,
  upstream,
  processes,
  scaling,
  failures,
  complaints,
  generator,
  remains,
}: LoadReport): string {
  const times = (of: Times | undefined, keys: (keyof Times)[]) =>
    keys.map((key) => (of ? `${figure(of[key])} ms` : '–'))
  return [
    table(
      'Visits',
      ['part', 'in all', 'wrong', 'first block p50', 'p99', 'whole p50', 'p90', 'p99', 'max'],
      parts.map(({ part, visits, wrong, first, whole }) => [
        part,
        String(visits),
        String(wrong),
        ...times(first, ['p50', 'p99']),
        ...times(whole, ['p50', 'p90', 'p99', 'max']),
      ]),
    ),
    table(
      'Sections',
      ['stored', 'shared', 'made', 'restored blocks', 'rewrites needed', 'calls', 'readers of a new rewrite'],
      [
        [
          ...[sections.stored, sections.shared, sections.made, sections.restored, upstream.generations].map(
            figure,
          ),
          upstream.calls === undefined ? '–' : figure(upstream.calls),
          figure(upstream.learnersPerGeneration),
        ],
      ],
    ),
    table(
      'Processes',
      ['', 'CPU', 'of a core', 'memory at most', 'heap at most', 'event loop p99 at most'],
      processes.map(({ name, cpuS, load, rssMb, heapMb, loopLagP99Ms }) => [
        name,
        `${figure(cpuS)} s`,
        figure(load),
        `${figure(rssMb)} MB`,
        `${figure(heapMb)} MB`,
        `${figure(loopLagP99Ms)} ms`,
      ]),
    ),
    scaling
      ? table(
          'CPU of a cached visit',
          ['processes at work', 'each'],
          scaling.counts.map(({ processes: count, cpuUs }) => [String(count), `${figure(cpuUs)} µs`]),
        )
      : '',
    remains
      ? table(
          `Left when all had gone (leases: ${remains.leases})`,
          ['', 'sockets more', 'timers more', 'connections of clients', 'sections in work'],
          remains.processes.map(({ name, sockets, timers, connections, inWork }) => [
            name,
            ...[sockets, timers, connections, inWork].map(figure),
          ]),
        )
      : '',
    table(
      'What went wrong',
      ['what', 'visits'],
      failures.map(({ what, count }) => [what, String(count)]),
    ),
    complaints.length > 0
      ? `<h2>What the API complained of</h2><pre>${escapeHtml(complaints.join('\n'))}</pre>`
      : '',
    `<p>The generator was ${figure(generator.lagP99)} ms late at p99, ${figure(generator.lagMax)} ms at most, and used ${figure(generator.load)} cores.</p>`,
  ].join('\n')
}

function populationTable(): string {
  const rows = Object.entries(population).map(([question, shares]) => [
    question,
    Object.entries(shares)
      .map(([value, share]) => `${value} ${share} %`)
      .join(', '),
  ])
  return table('Who the learners are: an assumption', ['question', 'shares'], rows)
}

function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  classes: readonly string[] = [],
): string {
  if (rows.length === 0) return ''
  const cells = (row: readonly string[]) =>
    row
      .map((cell, i) =>
        i === 0 ? `<th scope="row">${escapeHtml(cell)}</th>` : `<td>${escapeHtml(cell)}</td>`,
      )
      .join('')
  return `<h2>${escapeHtml(title)}</h2><div class="wide"><table><thead><tr>${head
    .map((name) => `<th scope="col">${escapeHtml(name)}</th>`)
    .join('')}</tr></thead><tbody>
${rows.map((row, i) => `<tr class="${classes[i] ?? ''}">${cells(row)}</tr>`).join('\n')}
</tbody></table></div>`
}

function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return Number(value.toFixed(digits)).toLocaleString('en-US')
}

const styles = `
:root { color-scheme: light dark; --page: #fff; --ink: #1b1f24; --soft: #5b6570; --line: #d9dee3; --good: #1e7f4c; --bad: #b3261e;
  --c1: #2f6db3; --c2: #c2651a; --c3: #2c8a5b; --c4: #8a55a8; --c5: #6b7480; }
@media (prefers-color-scheme: dark) { :root { --page: #14171b; --ink: #e6e9ec; --soft: #a0aab4; --line: #343b43; --good: #6fcf97; --bad: #ff8a80;
  --c1: #74aef0; --c2: #f0a463; --c3: #6fcf97; --c4: #c99be3; --c5: #a9b2bb; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 0; }
p { max-width: 52rem; } .note { border-inline-start: 3px solid var(--c2); padding-inline-start: .8rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92em; }
th, td { padding: .3em .9em; border-bottom: 1px solid var(--line); text-align: end; font-weight: normal; }
th:first-child, thead th:first-child { text-align: start; padding-inline-start: 0; } thead th { color: var(--soft); }
.met td:last-child { color: var(--good); } .missed td:last-child { color: var(--bad); font-weight: 700; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 2rem 1.5rem; margin-top: 2rem; }
figure { margin: 0; } figcaption { color: var(--soft); font-size: .85em; }
svg { width: 100%; height: auto; display: block; } svg text { font: 11px system-ui, sans-serif; fill: var(--soft); }
.rule { stroke: var(--line); fill: none; } .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.heat { fill: var(--c1); }
.s1 { stroke: var(--c1); } .s2 { stroke: var(--c2); } .s3 { stroke: var(--c3); } .s4 { stroke: var(--c4); } .s5 { stroke: var(--c5); }
.f1 { fill: var(--c1); } .f2 { fill: var(--c2); } .f3 { fill: var(--c3); } .f4 { fill: var(--c4); } .f5 { fill: var(--c5); }
.legend { margin: .1rem 0 .3rem; font-size: .85em; min-height: 1.5em; } .key { margin-inline-end: 1rem; }
.key::before { content: ""; display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-inline-end: .4em; vertical-align: -.05em; }
.k1::before { background: var(--c1); } .k2::before { background: var(--c2); } .k3::before { background: var(--c3); } .k4::before { background: var(--c4); } .k5::before { background: var(--c5); }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8em; border: 1px solid var(--line); padding: .8rem; }
`
