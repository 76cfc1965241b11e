import type { BlockFault } from './validate-block.ts'

/** What a model is told of a text that could not be used, before it is asked again. */
export const faultHints: Record<BlockFault, string> = {
  code_missing: 'code of the block was missing or changed',
  code_invented: 'it held code that the section does not have',
  formula_missing: 'a formula of the block was missing or changed',
  formula_invented: 'it held a formula that the section does not have',
  link_missing: 'a link [words](#k) of the block was missing',
  atom_missing: 'a {{k}} of the block was missing',
  atom_repeated: 'an image or footnote mark stood in it more than once',
  number_missing: 'a number of the block was missing',
  number_invented: 'it held a number that the section does not have',
  markup: 'it held an address, HTML, or a mark that is not of the form',
  too_long: 'it was too long',
  too_short: 'it left out most of what the block says',
  wrong_language: 'it was in another language than the one asked for',
  prompt_leaked: 'it repeated these instructions',
  term_missing: 'a term of the course that the block has was missing',
  other_block: 'it said what another block says',
}
