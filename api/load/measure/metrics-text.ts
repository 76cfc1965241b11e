/** What /metrics says: each line's name, labels and value. */
export type MetricLines = readonly { name: string; labels: string; value: number }[]

/** Reads the lines of Prometheus' text format, as far as Lectern's own metrics use it. */
export function readMetrics(text: string): MetricLines {
  return [...text.matchAll(/^([a-z0-9_]+)(?:\{(.*)\})? (\S+)$/gm)].map(
    ([, name = '', labels = '', value]) => ({
      name,
      labels,
      value: Number(value),
    }),
  )
}

/** The sum of a metric over its lines that have this label. */
export function sumOf(lines: MetricLines, name: string, label = ''): number {
  return lines.reduce(
    (sum, line) => (line.name === name && line.labels.includes(label) ? sum + line.value : sum),
    0,
  )
}
