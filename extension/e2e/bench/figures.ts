import { columns } from '../../../api/terminal/columns.ts'

/** A figure's runs, with the most that it may be where there is a goal. */
export type Figure = { name: string; unit: string; runs: number[]; goal?: number }

/** Figures as a table: median, spread, goal, and whether it was met. */
export function figuresTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, unit, runs, goal }) => {
    const sorted = runs.toSorted((a, b) => a - b)
    const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
    const spread = `${format(sorted[0])} to ${format(sorted.at(-1))}`
    const met = goal === undefined ? '' : median <= goal ? 'met' : 'MISSED'
    return [name, `${format(median)} ${unit}`, spread, goal === undefined ? '' : `at most ${goal}`, met]
  })
  return columns([['figure', 'median', 'spread', 'goal', ''], ...rows])
}

function format(value = Number.NaN): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1)
}
