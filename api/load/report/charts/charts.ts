import { escapeHtml } from '../../../pages/escape-html.ts'
import { type Axis, at, frame, linearAxis, plain, stepAxis } from './frame.ts'

export type Line = { name: string; points: { x: number; y: number }[] }

/** What a chart is of; its values' unit stands on its axis. */
export type Chart = { title: string; note?: string; x: string; y: string }

/** Lines over a common axis. */
export function lineChart(chart: Chart, lines: readonly Line[]): string {
  const points = lines.flatMap((line) => line.points)
  if (points.length === 0) return ''
  const x = linearAxis(chart.x, most(points.map((point) => point.x)), 'x')
  const y = linearAxis(chart.y, most(points.map((point) => point.y)), 'y')
  const marks = lines.map((line, i) => path(line, x, y, i) + dots(line, x, y, i)).join('\n')
  return figure(chart, names(lines.map(({ name }) => name)), frame(chart.title, x, y, marks))
}

/** Columns over time, each of parts that lie on one another. */
export function stackedChart(
  chart: Chart,
  parts: readonly string[],
  columns: readonly { x: number; values: readonly number[] }[],
): string {
  const sums = columns.map(({ values }) => values.reduce((sum, value) => sum + value, 0))
  if (most(sums) === 0) return ''
  const width = widthOf(columns)
  const x = linearAxis(chart.x, most(columns.map((column) => column.x)) + width, 'x')
  const y = linearAxis(chart.y, most(sums), 'y')
  const marks = columns.map((column) => {
    let below = 0
    return column.values.map((value, i) => {
      const mark = rectangle(
        x,
        y,
        { x: column.x, width, from: below, to: below + value },
        `class="f${i + 1}"`,
        `${parts[i]}: ${plain(value)}`,
      )
      below += value
      return value === 0 ? '' : mark
    })
  })
  return figure(chart, names(parts), frame(chart.title, x, y, marks.flat().join('')))
}

/** Bars side by side, each of a name. */
export function barChart(chart: Chart, bars: readonly { name: string; value: number }[]): string {
  if (most(bars.map(({ value }) => value)) === 0) return ''
  const scale = linearAxis(chart.x, bars.length, 'x')
  const x = { ...scale, ticks: bars.map(({ name }, i) => ({ value: i + 0.5, text: name })) }
  const y = linearAxis(chart.y, most(bars.map(({ value }) => value)), 'y')
  const marks = bars.map(({ name, value }, i) =>
    rectangle(
      x,
      y,
      { x: i + 0.25, width: 0.5, from: 0, to: value },
      `class="f${i + 1}"`,
      `${name}: ${plain(value)}`,
    ),
  )
  return figure(chart, '', frame(chart.title, x, y, marks.join('')))
}

/** How many fall into which step, over time: the darker, the more. `lines` are in steps, too. */
export function heatChart(
  chart: Chart,
  columns: readonly { x: number; counts: readonly number[] }[],
  steps: { count: number; names: readonly (readonly [number, string])[]; textOf: (step: number) => string },
  lines: readonly Line[],
): string {
  const highest = most(columns.flatMap(({ counts }) => counts))
  if (highest === 0) return ''
  const width = widthOf(columns)
  const x = linearAxis(chart.x, most(columns.map((column) => column.x)) + width, 'x')
  const y = stepAxis(chart.y, steps.count, steps.names)
  const cells = columns.flatMap((column) =>
    column.counts.map((count, step) => {
      if (count === 0) return ''
      const shade = `class="heat" fill-opacity="${(0.12 + 0.88 * Math.sqrt(count / highest)).toFixed(2)}"`
      return rectangle(
        x,
        y,
        { x: column.x, width, from: step, to: step + 1 },
        shade,
        `${count} × ${steps.textOf(step)}`,
      )
    }),
  )
  const over = lines.map((line, i) => path(line, x, y, i + 1) + dots(line, x, y, i + 1)).join('')
  return figure(
    chart,
    names(
      lines.map(({ name }) => name),
      1,
    ),
    frame(chart.title, x, y, cells.join('') + over),
  )
}

type Box = { x: number; width: number; from: number; to: number }

function rectangle(x: Axis, y: Axis, box: Box, attributes: string, title: string): string {
  const [left, right] = [x.place(box.x), x.place(box.x + box.width)]
  const [top, bottom] = [y.place(box.to), y.place(box.from)]
  const gap = Math.min(1, (right - left) / 5)
  return `<rect ${attributes} x="${at(left)}" y="${at(top)}" width="${at(Math.max(right - left - gap, 0.5))}" height="${at(bottom - top)}"><title>${escapeHtml(title)}</title></rect>`
}

function path({ points }: Line, x: Axis, y: Axis, colour: number): string {
  const steps = points.map(
    (point, i) => `${i === 0 ? 'M' : 'L'}${at(x.place(point.x))} ${at(y.place(point.y))}`,
  )
  return `<path class="line s${(colour % COLOURS) + 1}" d="${steps.join('')}"/>`
}

/** Where a pointer finds a value; a line of one point is seen by it alone. */
function dots({ name, points }: Line, x: Axis, y: Axis, colour: number): string {
  const radius = points.length === 1 ? 3 : 1.6
  return points
    .map(
      (point) =>
        `<circle class="f${(colour % COLOURS) + 1}" cx="${at(x.place(point.x))}" cy="${at(y.place(point.y))}" r="${radius}"><title>${escapeHtml(`${name}: ${plain(point.y)}`)}</title></circle>`,
    )
    .join('')
}

const COLOURS = 5

function names(of: readonly string[], from = 0): string {
  return of
    .map((name, i) => `<span class="key k${((i + from) % COLOURS) + 1}">${escapeHtml(name)}</span>`)
    .join(' ')
}

function figure({ title, note }: Chart, legend: string, picture: string): string {
  const caption = note === undefined ? '' : `<figcaption>${escapeHtml(note)}</figcaption>`
  return `<figure><h3>${escapeHtml(title)}</h3><p class="legend">${legend}</p>${picture}${caption}</figure>`
}

function widthOf(columns: readonly { x: number }[]): number {
  return (columns[1]?.x ?? 1) - (columns[0]?.x ?? 0)
}

function most(numbers: readonly number[]): number {
  return numbers.reduce((highest, number) => Math.max(highest, number), 0)
}
