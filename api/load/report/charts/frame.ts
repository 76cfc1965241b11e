import { escapeHtml } from '../../../pages/escape-html.ts'

/** An axis: what stands on it, where its values lie, in the units of the picture. */
export type Axis = {
  label: string
  place: (value: number) => number
  ticks: { value: number; text: string }[]
}

export const WIDTH = 640
export const HEIGHT = 250
const [LEFT, RIGHT, TOP, BOTTOM] = [62, 14, 14, 44]

/** An axis from 0 to the most of some values, or a little above. */
export function linearAxis(label: string, most: number, direction: 'x' | 'y', textOf = plain): Axis {
  const step = niceStep(most / (direction === 'x' ? 8 : 5))
  const end = Math.max(Math.ceil(most / step) * step, step)
  const ticks = Array.from({ length: Math.round(end / step) + 1 }, (_, i) => ({
    value: i * step,
    text: textOf(i * step),
  }))
  return { label, ticks, place: placing(direction, end) }
}

/** An axis of steps, of equal height each: those of these that are named. */
export function stepAxis(label: string, count: number, names: readonly (readonly [number, string])[]): Axis {
  return { label, place: placing('y', count), ticks: names.map(([value, text]) => ({ value, text })) }
}

/** A picture with its axes; `marks` is SVG that is placed by them. */
export function frame(title: string, x: Axis, y: Axis, marks: string): string {
  const rules = y.ticks.map(
    ({ value, text }) =>
      `<path class="rule" d="M${LEFT} ${at(y.place(value))}H${WIDTH - RIGHT}"/><text x="${LEFT - 8}" y="${at(y.place(value) + 4)}" text-anchor="end">${escapeHtml(text)}</text>`,
  )
  const below = x.ticks.map(
    ({ value, text }) =>
      `<text x="${at(x.place(value))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${escapeHtml(text)}</text>`,
  )
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}">
${rules.join('')}${below.join('')}
<text class="axis" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escapeHtml(x.label)}</text>
<text class="axis" transform="translate(13 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${escapeHtml(y.label)}</text>
${marks}</svg>`
}

/** A place in the picture, with no more digits than a screen shows. */
export function at(value: number): string {
  return String(Number(value.toFixed(1)))
}

/** A number as a person writes it. */
export function plain(value: number): string {
  const rounded = Number(value.toPrecision(3))
  if (Math.abs(rounded) >= 1_000_000) return `${rounded / 1_000_000} M`
  return Math.abs(rounded) >= 10_000 ? `${rounded / 1_000} k` : String(rounded)
}

function placing(direction: 'x' | 'y', end: number): (value: number) => number {
  if (direction === 'x') return (value) => LEFT + (value / end) * (WIDTH - LEFT - RIGHT)
  return (value) => HEIGHT - BOTTOM - (value / end) * (HEIGHT - TOP - BOTTOM)
}

/** The next of 1, 2 or 5 times a power of ten. */
function niceStep(least: number): number {
  if (!(least > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(least))
  return power * ([1, 2, 5, 10].find((times) => times * power >= least * 0.999) ?? 10)
}
