import { columns } from '../../terminal/columns.ts'
import type { LoadReport, Times } from './load-report.ts'

/** A report as tables of text. */
export function reportText(report: LoadReport): string {
  const { parts, sections, upstream, tokens, generator, processes, scaling, failures, verdicts, notes } =
    report
  const tables = [
    columns([
      ['visits', 'in all', 'wrong', 'first block p50', 'p99', 'whole p50', 'p90', 'p99', 'max'],
      ...parts.map(({ part, visits, wrong, first, whole }) => [
        part,
        String(visits),
        String(wrong),
        ...cells(first, ['p50', 'p99']),
        ...cells(whole, ['p50', 'p90', 'p99', 'max']),
      ]),
    ]),
    columns([
      [
        'sections',
        'stored',
        'shared',
        'made',
        'restored blocks',
        'rewrites needed',
        'calls',
        'readers of a new rewrite',
      ],
      [
        '',
        ...[sections.stored, sections.shared, sections.made, sections.restored, upstream.generations].map(
          String,
        ),
        String(upstream.calls ?? '-'),
        String(upstream.learnersPerGeneration),
      ],
    ]),
    ...(tokens
      ? [
          `Tokens: ${tokens.prompt} of prompts and ${tokens.completion} of answers spent (${tokens.money.toFixed(2)}), ` +
            `${tokens.saved} saved (${tokens.moneySaved.toFixed(2)}), at ${tokens.prices}.`,
        ]
      : []),
    ...(processes.length > 0
      ? [
          columns([
            ['process', 'CPU s', 'cores', 'memory MB', 'heap MB', 'event loop p99 ms'],
            ...processes.map(({ name, cpuS, load, rssMb, heapMb, loopLagP99Ms }) =>
              [name, cpuS, load, rssMb, heapMb, loopLagP99Ms].map(String),
            ),
          ]),
        ]
      : []),
    ...(scaling
      ? [
          columns([
            ['cached visits', 'CPU µs each'],
            ...scaling.counts.map(({ processes: count, cpuUs }) => [`${count} at work`, cpuUs.toFixed(0)]),
          ]),
        ]
      : []),
    `Generator: ${generator.lagP99} ms late at p99, ${generator.lagMax} ms at most, ${generator.load} cores.`,
    ...(failures.length > 0
      ? [
          columns([
            ['what went wrong', 'visits'],
            ...failures.map(({ what, count }) => [what, String(count)]),
          ]),
        ]
      : []),
    columns([
      ['goal', 'figure', '', '', ''],
      ...verdicts.map(({ name, value, unit, goal, isMet }) => [
        name,
        String(Number(value.toFixed(2))),
        unit,
        goal,
        isMet ? 'met' : 'MISSED',
      ]),
    ]),
    ...notes,
  ]
  return `${tables.join('\n\n')}\n`
}

function cells(times: Times | undefined, which: (keyof Times)[]): string[] {
  return which.map((one) => (times === undefined ? '-' : `${Math.round(times[one])} ms`))
}
