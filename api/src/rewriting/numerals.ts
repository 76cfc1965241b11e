/** A number as a text writes it in digits. */
export type Numeral = {
  /** In ASCII digits, ungrouped, with a point: "1,234.5", "1.234,5" and "۱٬۲۳۴٫۵" are 1234.5. */
  value: string
  /** What stands between commas or blanks: "(0,1)" may be a pair. */
  parts: readonly string[]
  /** Whether it counts a place, as "2nd" does; other languages have a word for it. */
  ordinal: boolean
}

const ZEROS = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
  0x1040, 0x17e0, 0x1810, 0xff10,
]

const NUMERAL =
  /(?:(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)|\d+(?:[.,٫٬]\d+)*)(?:[.,٫]\d+)?((?:st|nd|rd|th)\b)?/g

/** The numbers that a text writes in digits, of any script. */
export function numeralsOf(text: string): Numeral[] {
  return [...asciiDigits(text).matchAll(NUMERAL)].map(([whole, ordinal = '']) => {
    const digits = whole.slice(0, whole.length - ordinal.length)
    return { value: canonical(digits), parts: digits.split(/[,\s]/), ordinal: ordinal !== '' }
  })
}

/** All values that these numbers may have. */
export function valuesOf(numerals: readonly Numeral[]): string[] {
  return numerals.flatMap(({ value, parts }) => [value, ...parts])
}

/** Whether a number is among these values, whole or part by part. */
export function isAmong(values: ReadonlySet<string>, { value, parts }: Numeral): boolean {
  return values.has(value) || (parts.length > 1 && parts.every((part) => values.has(part)))
}

/** A digit of any script that the table's languages use, as an ASCII digit. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0
    const zero = ZEROS.find((start) => code >= start && code < start + 10)
    return zero === undefined ? digit : String(code - zero)
  })
}

/**
 * Which sign parts thousands and which the fraction depends on the language, and a translation may change both. So
 * one sign with three digits behind it is left out wherever it stands: "1.500", "1,500" and "1500" are equal, and so
 * are "0.125" and "0,125".
 */
function canonical(digits: string): string {
  const sign = /\D(?=\d*$)/.exec(digits)?.[0] ?? ' '
  const at = digits.lastIndexOf(sign)
  const isFraction = at > 0 && digits.indexOf(sign) === at && /\D/.test(digits.slice(0, at))
  return isFraction ? `${ungrouped(digits.slice(0, at))}.${digits.slice(at + 1)}` : ungrouped(digits)
}

/** Without the signs between groups: of three digits, or as in India of two before the last three. */
function ungrouped(digits: string): string {
  const isGrouped = /^\d{1,3}(?:\D\d{2,3})*\D\d{3}$/.test(digits)
  return digits.replace(/\D/g, isGrouped ? '' : '.')
}
