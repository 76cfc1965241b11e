import {
  type Addition,
  type Block,
  type BlockRewrite,
  isProse,
  parseInline,
  type Receipt,
} from '@lectern/shared'
import { factsOf } from './block-facts.ts'

/** Counts what a section's rewrite kept and changed. Cells count as part of their table. */
export function receiptOf(
  blocks: readonly Block[],
  rewrites: readonly BlockRewrite[],
  additions: readonly Addition[],
): Receipt {
  const status = (wanted: BlockRewrite['status']) =>
    rewrites.filter((rewrite) => rewrite.status === wanted && blocks[rewrite.block - 1]?.kind !== 'cell')
      .length
  const kinds = (...wanted: Block['kind'][]) => blocks.filter((block) => wanted.includes(block.kind)).length
  const prose = blocks.filter(isProse)
  const facts = prose.map((block) => factsOf(parseInline(block.text)))
  const images = prose.flatMap((block) => (block.atoms ?? []).filter((atom) => atom.type === 'image'))
  return {
    rewritten: status('rewritten'),
    kept: status('kept'),
    folded: status('folded'),
    restored: status('restored'),
    additions: additions.length,
    code_blocks: kinds('code'),
    formulas: kinds('math') + facts.reduce((sum, { formulas }) => sum + formulas.length, 0),
    tables: kinds('table'),
    figures: kinds('figure', 'image') + images.length,
    links: facts.reduce((sum, { links }) => sum + new Set(links).size, 0),
  }
}
