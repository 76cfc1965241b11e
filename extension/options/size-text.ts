import { uiLanguage } from '../locales/i18n.ts'

/** A number of bytes as the interface's language writes it. */
export function sizeText(bytes: number): string {
  const [unit, amount, unitDisplay] =
    bytes < 1000 ? (['byte', bytes, 'long'] as const) : (['kilobyte', bytes / 1000, 'short'] as const)
  const style = { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(uiLanguage(), style).format(amount)
}
