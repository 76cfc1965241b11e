import type { MaySpend } from '../client/learner-client.ts'

/** What the rules of a prompt take, about, beside the section; and what an answer may take at the most of its source. */
const PROMPT_TOKENS = 2_500
const ANSWER_GROWTH = 2.2
const CHARACTERS_A_TOKEN = 4

/**
 * Lets no more be uploaded than these tokens pay for, by estimate: each section once for each profile, as the API
 * shares it. What is asked for at the same moment counts before it is made, so the cap is kept from above.
 */
export function tokenCap(most: number): { maySpend: MaySpend; reserved(): number } {
  const paid = new Set<string>()
  let reserved = 0
  return {
    reserved: () => reserved,
    maySpend(sections, profile) {
      const fresh = sections.filter(({ hash }) => !paid.has(`${hash} ${profile}`))
      const tokens = fresh.reduce((sum, { characters }) => sum + estimate(characters), 0)
      if (reserved + tokens > most) return false
      reserved += tokens
      for (const { hash } of fresh) paid.add(`${hash} ${profile}`)
      return true
    },
  }
}

function estimate(characters: number): number {
  return Math.ceil(PROMPT_TOKENS + (characters * (1 + ANSWER_GROWTH)) / CHARACTERS_A_TOKEN)
}
