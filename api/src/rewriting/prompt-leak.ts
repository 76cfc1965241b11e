import { LRUCache } from 'lru-cache'

/** So many words in a row are no coincidence. */
const RUN = 8

/** Of the latest rules: a lesson's sections share theirs, and to cut them took 40 % of what begins a section. */
const runsOfRules = new LRUCache<string, ReadonlySet<string>>({ max: 32 })

/** The runs of words that only the rules hold, not the lesson: what an answer must not repeat. */
export function secretRuns(rules: string, lesson: string): ReadonlySet<string> {
  const own = runsOf(wordsOf(lesson))
  const runs = runsOfRules.get(rules) ?? runsOf(wordsOf(rules))
  runsOfRules.set(rules, runs)
  return new Set([...runs].filter((run) => !own.has(run)))
}

/** Whether a text repeats one of these runs. */
export function leaksPrompt(text: string, secret: ReadonlySet<string>): boolean {
  return [...runsOf(wordsOf(text))].some((run) => secret.has(run))
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}@+]+/gu) ?? []
}

function runsOf(words: string[]): Set<string> {
  const runs = new Set<string>()
  for (let i = 0; i + RUN <= words.length; i++) runs.add(words.slice(i, i + RUN).join(' '))
  return runs
}
