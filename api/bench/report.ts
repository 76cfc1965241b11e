import { columns } from '../terminal/columns.ts'

/** A measure with its figure of each run, and what it is to be; without a goal it is told for its own sake. */
export type Row = {
  name: string
  unit: string
  runs: number[]
  goal?: { atLeast: number } | { atMost: number } | { exactly: number }
}

export type Verdict = Row & { median: number; least: number; most: number; isMet?: boolean }

/** A row with the median and the spread of its runs; a goal is met by the median, a count by every run. */
export function judge(row: Row): Verdict {
  const { runs, goal } = row
  const verdict = { ...row, median: median(runs), least: Math.min(...runs), most: Math.max(...runs) }
  if (goal === undefined) return verdict
  if ('atLeast' in goal) return { ...verdict, isMet: verdict.median >= goal.atLeast }
  if ('atMost' in goal) return { ...verdict, isMet: verdict.median <= goal.atMost }
  return { ...verdict, isMet: runs.every((figure) => figure === goal.exactly) }
}

/** All rows as lines of text, in columns. */
export function table(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ name, unit, median: middle, least, most, goal, isMet }) => [
    name,
    unit,
    figure(middle),
    `${figure(least)} to ${figure(most)}`,
    goal === undefined ? '' : goalText(goal),
    isMet === undefined ? '' : isMet ? 'pass' : 'MISS',
  ])
  return columns([['what', 'unit', 'median', 'spread', 'goal', ''], ...rows])
}

/** The middle one of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const [low, high] = [Math.floor((sorted.length - 1) / 2), Math.ceil((sorted.length - 1) / 2)]
  return ((sorted[low] ?? NaN) + (sorted[high] ?? NaN)) / 2
}

function goalText(goal: NonNullable<Row['goal']>): string {
  if ('atLeast' in goal) return `>= ${goal.atLeast}`
  return 'atMost' in goal ? `<= ${goal.atMost}` : `= ${goal.exactly}`
}

function figure(number: number): string {
  const digits = Math.abs(number) >= 100 ? 0 : Math.abs(number) >= 10 ? 1 : 3
  return Number(number.toFixed(digits)).toString()
}
