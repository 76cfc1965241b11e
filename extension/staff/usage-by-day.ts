import type { Usage, UsageReport } from '@lectern/shared'

export type UsageFigure = 'made' | 'cached' | 'tokens' | 'saved' | 'failed'

export const usageFigures = ['made', 'cached', 'tokens', 'saved', 'failed'] as const

/** A figure of what was used. */
export function figureOf(usage: Usage, figure: UsageFigure): number {
  switch (figure) {
    case 'made':
      return usage.made
    case 'cached':
      return usage.shared + usage.hits
    case 'tokens':
      return usage.prompt_tokens + usage.completion_tokens
    case 'saved':
      return usage.saved_tokens
    case 'failed':
      return usage.failed
  }
}

const DAY = 86_400_000

/** A figure on each day of a report, also on those of which the report says nothing as nothing was used. */
export function byDay(
  { from, to, days }: UsageReport,
  figure: UsageFigure,
): { day: string; value: number }[] {
  const used = new Map(days.map(({ day, ...usage }) => [day, figureOf(usage, figure)]))
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1
  return Array.from({ length: count }, (_, i) => {
    const day = new Date(Date.parse(from) + i * DAY).toISOString().slice(0, 10)
    return { day, value: used.get(day) ?? 0 }
  })
}
