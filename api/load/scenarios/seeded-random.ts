/** A number from 0 to below 1, another one at each call. */
export type Random = () => number

/**
 * Numbers that depend on the seed alone, so that a run can be repeated and two can be compared. Mulberry32, of public
 * domain: even enough for arrivals and choices, and nothing more is asked of it.
 */
export function seededRandom(seed: number | string): Random {
  let state = typeof seed === 'number' ? seed : hashOf(seed)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One of these, each as likely as its weight says. */
export function weighted<T>(random: Random, choices: readonly (readonly [T, number])[]): T {
  const sum = choices.reduce((all, [, weight]) => all + weight, 0)
  let left = random() * sum
  for (const [choice, weight] of choices) {
    left -= weight
    if (left < 0) return choice
  }
  const last = choices.at(-1)
  if (last === undefined) throw new Error('There is nothing to choose from.')
  return last[0]
}

/** Weights by Zipf's law: the k-th of `count` is chosen in proportion to 1/k, as pages of a book are. */
export function zipf(count: number): (readonly [number, number])[] {
  return Array.from({ length: count }, (_, i) => [i, 1 / (i + 1)] as const)
}

/** FNV-1a of a text, as 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}
