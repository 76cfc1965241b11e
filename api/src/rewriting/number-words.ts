const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'

const small = new Map<string, number>([
  ...units.split(' ').map((word, i) => [word, i] as const),
  ...tens.split(' ').map((word, i) => [word, (i + 2) * 10] as const),
  ['dozen', 12],
])
const scales = new Map([
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1_000_000],
])

/**
 * The numbers that an English text writes in words, in digits: "two hundred and five" is 205. A translation may write
 * them so, and then they are not invented.
 */
export function numbersInWords(text: string): string[] {
  const found: number[] = []
  let running: { total: number; current: number } | undefined
  for (const word of [...(text.toLowerCase().match(/[a-z]+/g) ?? []), '']) {
    const value = small.get(word)
    const scale = scales.get(word.replace(/s$/, ''))
    if (value !== undefined)
      running = { total: running?.total ?? 0, current: (running?.current ?? 0) + value }
    else if (scale !== undefined) running = scaled(running, scale)
    else if (word !== 'and' && running !== undefined) {
      found.push(running.total + running.current)
      running = undefined
    }
  }
  return found.map(String)
}

function scaled(running = { total: 0, current: 0 }, scale: number): { total: number; current: number } {
  const times = running.current === 0 ? 1 : running.current
  if (scale === 100) return { total: running.total, current: times * scale }
  return { total: running.total + times * scale, current: 0 }
}
