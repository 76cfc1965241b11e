import { uiLanguage } from '../locales/i18n.ts'

/** A moment as the interface's language writes it. */
export function timeText(moment: string): string {
  const format = { dateStyle: 'medium', timeStyle: 'short' } as const
  return new Intl.DateTimeFormat(uiLanguage(), format).format(new Date(moment))
}

/** A day of UTC, written as YYYY-MM-DD. */
export function dayText(day: string): string {
  const format = { dateStyle: 'medium', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(uiLanguage(), format).format(new Date(day))
}
