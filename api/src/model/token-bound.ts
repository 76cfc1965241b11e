import type { Message } from '../rewriting/prompt-rules.ts'

/**
 * Tokens that a character takes at most, on the average of a section's text: of ASCII, formulas and code take most;
 * beyond it the older tokenizers take more than one for a letter of Urdu. Measured on the demo's lessons with
 * o200k_base and cl100k_base: 0.36 and 1.14. A test holds the bound against both.
 */
const PER_CHARACTER = { ascii: 0.4, other: 1.3 }

/** What a server puts around each message. */
const PER_MESSAGE = 8

/** A bound of the tokens of a text, without a tokenizer: each model has its own. */
export function tokenBound(text: string): number {
  const other = text.match(/[^\p{ASCII}]/gu)?.join('').length ?? 0
  return Math.ceil((text.length - other) * PER_CHARACTER.ascii + other * PER_CHARACTER.other)
}

/** A bound of the tokens of a prompt. */
export function promptTokenBound(messages: readonly Message[]): number {
  return messages.reduce((sum, { content }) => sum + PER_MESSAGE + tokenBound(content), 0)
}
