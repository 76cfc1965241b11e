import { type Atom, type Inline, type ProseBlock, parseInline } from '@lectern/shared'
import {
  type ExtractedBlock,
  type ExtractedFixed,
  type ExtractedProse,
  isExtractedProse,
} from '../extracted-lesson.ts'

/** A block as the corpus's scorer reads it; `alts` are other wordings of the same. */
export type ScorerBlock = { type: string; text: string; level?: number; src?: string; alts?: string[] }

/**
 * The lesson's blocks in the scorer's types, which know no caption and no cell: a caption is its figure's text or a
 * paragraph after a table or a listing, and a cell's words stand in its table already.
 */
export function scorerBlocks(blocks: readonly ExtractedBlock[]): ScorerBlock[] {
  const scored: ScorerBlock[] = []
  for (const block of blocks) {
    const last = scored.at(-1)
    if (!isExtractedProse(block)) scored.push(fixedBlock(block))
    else if (block.block.kind === 'caption' && last?.type === 'figure') addCaption(last, block)
    else if (block.block.kind === 'caption') scored.push({ ...proseBlock(block), type: 'paragraph' })
    else if (block.block.kind !== 'cell') scored.push(proseBlock(block))
  }
  return scored
}

function addCaption(figure: ScorerBlock, caption: ExtractedProse): void {
  figure.alts = [figure.text]
  figure.text = wordsOf(caption.block)
}

function proseBlock({ block }: ExtractedProse): ScorerBlock {
  const { level } = block
  return { type: block.kind, text: wordsOf(block), ...(level !== undefined && { level }) }
}

function fixedBlock({ block, element }: ExtractedFixed): ScorerBlock {
  // To the scorer a signature is what its list defines.
  if (element.localName === 'dt') return { type: 'definition', text: block.text }
  if (block.kind !== 'figure' && block.kind !== 'image') return { type: block.kind, text: block.text }
  const image = element.localName === 'img' ? element : element.querySelector('img')
  const source = image?.getAttribute('src') ?? ''
  return { type: block.kind, text: block.text, ...(!source.startsWith('data:') && { src: source }) }
}

function wordsOf(block: ProseBlock): string {
  return parseInline(block.text)
    .map((inline) => words(inline, block.atoms ?? []))
    .join('')
}

function words(inline: Inline, atoms: readonly Atom[]): string {
  switch (inline.type) {
    case 'math':
      return `$${inline.tex}$`
    case 'atom':
      return atomWords(atoms[inline.number - 1])
    case 'text':
    case 'code':
      return inline.text
    default:
      return inline.children.map((child) => words(child, atoms)).join('')
  }
}

function atomWords(atom: Atom | undefined): string {
  return atom?.type === 'line_break' ? ' ' : (atom?.text ?? '')
}
