import type { LoadReport } from './load-report.ts'

/** A figure of two runs; `change` is how much more the later one has, as a share. */
export type Comparison = { name: string; unit: string; before: number; now: number; change?: number }

type Figure = { name: string; unit: string; value: number }

/** The figures that both runs have, side by side. */
export function compareReports(before: LoadReport, now: LoadReport): Comparison[] {
  const earlier = new Map(figures(before).map(({ name, value }) => [name, value]))
  return figures(now).flatMap(({ name, unit, value }) => {
    const first = earlier.get(name)
    if (first === undefined) return []
    return { name, unit, before: first, now: value, ...(first !== 0 && { change: value / first - 1 }) }
  })
}

/** What differs in how two runs were made: figures of other runs are not to be compared. */
export function differences(before: LoadReport, now: LoadReport): string[] {
  const settings = ({ scenario, options, stack, machine }: LoadReport): Record<string, unknown> => ({
    scenario,
    ...options,
    stack,
    cpu: machine.cpu,
    cores: machine.cores,
    node: machine.node,
  })
  const [first, second] = [settings(before), settings(now)]
  return Object.keys(second).flatMap((key) => {
    const [was, is] = [JSON.stringify(first[key]), JSON.stringify(second[key])]
    return was === is ? [] : [`${key} was ${was} and is ${is}`]
  })
}

function figures({ parts, upstream, tokens, processes, scaling, generator, sections }: LoadReport): Figure[] {
  const of = (name: string, unit: string, value: number | undefined): Figure[] =>
    value === undefined ? [] : [{ name, unit, value }]
  return [
    ...parts.flatMap(({ part, wrong, first, whole }) => [
      ...of(`${part}: wrong`, 'visits', wrong),
      ...of(`${part}: first block p50`, 'ms', first?.p50),
      ...of(`${part}: whole p50`, 'ms', whole?.p50),
      ...of(`${part}: whole p99`, 'ms', whole?.p99),
      ...of(`${part}: whole max`, 'ms', whole?.max),
    ]),
    ...of('calls to the model', 'calls', upstream.calls),
    ...of('sections made', 'sections', sections.made),
    ...of('tokens spent', 'tokens', tokens && tokens.prompt + tokens.completion),
    ...processes.flatMap(({ name, cpuS, rssMb }) => [
      ...of(`${name}: CPU`, 's', cpuS),
      ...of(`${name}: memory`, 'MB', rssMb),
    ]),
    ...(scaling?.counts ?? []).flatMap(({ processes: count, cpuUs }) =>
      of(`cached visit, ${count} at work: CPU`, 'µs', cpuUs),
    ),
    ...of('generator late, p99', 'ms', generator.lagP99),
  ]
}
