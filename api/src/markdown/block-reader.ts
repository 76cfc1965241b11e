import {
  type Block,
  blockLimits,
  cleanLine,
  type FixedBlock,
  type ProseKind,
  plainText,
} from '@lectern/shared'
import type {
  Blockquote,
  FootnoteDefinition,
  List,
  Nodes,
  Paragraph,
  PhrasingContent,
  RootContent,
  Table,
} from 'mdast'
import { opensAlert, readDirective } from './directive-lines.ts'
import { fixed, fixedBlockOf, formulaBlockOf, isUnclosed } from './fixed-block.ts'
import { itemIndent } from './item-indent.ts'
import type { BlockGap, BlockPlace, LineContext } from './markdown-lesson.ts'
import type { ParsedMarkdown } from './parse-markdown.ts'
import { readWords, wordsOf } from './read-words.ts'
import { blockEnd, lineEnd, lineStart, type Span, spanOf, trimmedEnd } from './source-text.ts'

/** The most atoms of a block, as its schema says. */
const MOST_ATOMS = 200
/** A table with more cells that hold words is a listing of data: its cells are not offered for rewriting. */
const MOST_WORD_CELLS = 150

/** What is around a block. */
type Container = {
  /** The child of the root that the block is in. */
  top: RootContent
  /** What a line begins with in here. */
  indent: string
  /** What a paragraph is in here. */
  kind: ProseKind
  /** Where additions go instead of after their block: an addition is not of the person who is quoted. */
  outside?: BlockGap
  inFootnote?: boolean
}

/** The words of a prose block, and how they stand in the source. */
type Prose = {
  node: RootContent
  children: readonly PhrasingContent[]
  span: Span
  kind: ProseKind
  level?: number
  context: LineContext
  isTask?: boolean
  afterMarker?: boolean
}

/** Reads a Markdown tree as blocks, in the order of the text, each with its place. */
export class BlockReader {
  readonly blocks: Block[] = []
  readonly places: BlockPlace[] = []
  /** Where what precedes the first block goes. */
  top: BlockGap = { at: 0, before: true, indent: '' }
  readonly #source: string
  readonly #words: ParsedMarkdown['words']

  constructor(source: string, { words }: ParsedMarkdown) {
    this.#source = source
    this.#words = words
  }

  read(nodes: readonly RootContent[]): void {
    // The fences of an admonition are siblings of what they enclose.
    let open = 0
    for (const node of nodes) open = this.#read(node, { top: node, indent: '', kind: 'paragraph' }, open)
  }

  #readAll(nodes: readonly RootContent[], container: Container): void {
    let open = 0
    for (const node of nodes) open = this.#read(node, container, open)
  }

  /** Reads one node with `open` fences of admonitions around it; gives how many are open after it. */
  #read(node: RootContent, container: Container, open: number): number {
    if (node.type === 'paragraph') return this.#paragraph(node, container, open)
    if (node.type === 'blockquote') this.#quote(node, container)
    if (node.type === 'list') this.#list(node, container)
    if (node.type === 'footnoteDefinition') this.#footnote(node, container)
    if (node.type === 'table') this.#table(node, container)
    if (node.type === 'code' || node.type === 'math' || node.type === 'html')
      this.#addFixed(fixedBlockOf(node, this.#source), node, container)
    if (node.type === 'heading') {
      // The other form has a line under it, and its words are escaped as a paragraph's.
      const isAtx = node.position?.start.line === node.position?.end.line
      const { children, depth: level } = node
      const span = this.#words.get(node)
      const context = isAtx ? 'heading' : 'paragraph'
      if (span !== undefined)
        this.#addProse({ node, children, span, kind: 'heading', level, context }, container)
    }
    return open
  }

  #quote(node: Blockquote, container: Container): void {
    const first = node.children.at(0)
    const isAlert = first?.type === 'paragraph' && opensAlert(this.#slice(first))
    this.#readAll(node.children, {
      ...container,
      indent: container.inFootnote ? '' : `${container.indent}> `,
      kind: isAlert ? 'admonition' : 'quote',
      outside: this.#gapAfter(node, container),
    })
  }

  #footnote(node: FootnoteDefinition, container: Container): void {
    const outside = this.#gapAfter(node, container)
    // Behind its label the columns are not those of its other lines: a broken line goes on without an indent, as
    // CommonMark lets a paragraph do in any container.
    this.#readAll(node.children, { ...container, indent: '', kind: 'paragraph', outside, inFootnote: true })
  }

  #list(node: List, container: Container): void {
    for (const item of node.children) {
      const indent = this.#itemIndent(spanOf(item)?.start ?? 0, container)
      const first = item.children.find((child) => child.type === 'paragraph')
      let open = 0
      for (const child of item.children) {
        const inside = { ...container, indent, kind: child === first ? 'list_item' : 'paragraph' } as const
        if (child !== first) open = this.#read(child, inside, open)
        else open = this.#paragraph(first, inside, open, typeof item.checked === 'boolean')
      }
    }
  }

  #itemIndent(at: number, container: Container): string {
    if (container.inFootnote) return ''
    const from = lineStart(this.#source, at)
    return itemIndent(this.#source.slice(from, lineEnd(this.#source, at)), at - from)
  }

  #table(node: Table, container: Container): void {
    this.#addFixed(fixedBlockOf(node, this.#source), node, container)
    const cells = node.children.flatMap((row) => row.children).filter(holdsWords)
    if (cells.length > MOST_WORD_CELLS) return
    for (const cell of cells) {
      const span = this.#words.get(cell)
      if (span === undefined) continue
      const before = this.#source.slice(lineStart(this.#source, span.start), span.start)
      const context = before.includes('|') ? 'cell' : 'open_cell'
      this.#addProse({ node, children: cell.children, span, kind: 'cell', context }, container)
    }
  }

  #paragraph(node: Paragraph, container: Container, open: number, isTask = false): number {
    const span = this.#words.get(node)
    if (span === undefined) return open
    const directive = readDirective(node, this.#source, span)
    if (directive === 'foreign') {
      this.#addFixed(fixed('embed', cleanLine(wordsOf(node))), node, container)
      return open
    }
    const { children, opens, closes, afterMarker } = directive
    const formula = formulaBlockOf(children)
    const kind = container.kind === 'paragraph' && open + opens > 0 ? 'admonition' : container.kind
    if (formula !== undefined) this.#addFixed(formula, node, container)
    else
      this.#addProse(
        { node, children, span: directive, kind, context: 'paragraph', isTask, afterMarker },
        container,
      )
    return Math.max(0, open + opens + closes)
  }

  #addFixed(block: FixedBlock | undefined, node: RootContent, container: Container): void {
    const span = spanOf(node)
    if (block === undefined || span === undefined) return
    const putBack = { links: [], atoms: [], spans: new Map() }
    const { start, end } = span
    this.#add(block, node, container, { start, end, context: 'paragraph', fold: 'never', putBack })
  }

  #addProse(prose: Prose, container: Container): void {
    const { node, kind, level, context, span } = prose
    const { text, inlines, atoms, putBack } = readWords(prose.children, this.#source)
    const words = plainText(inlines).trim()
    const images = atoms.filter((atom) => atom.type === 'image').map((atom) => atom.text)
    if (words === '' && images.length > 0)
      return this.#addFixed(fixed('image', images.join(' ')), node, container)
    if (words === '') return
    if (text.length > blockLimits.prose || atoms.length > MOST_ATOMS)
      return this.#addFixed(fixed('embed', words), node, container)
    const block = { kind, text, ...(level && { level }), ...(atoms.length > 0 && { atoms }) }
    const { start, end } = span
    this.#add(block, node, container, { start, end, context, fold: foldOf(prose, container), putBack })
  }

  #add(
    block: Block,
    node: RootContent,
    container: Container,
    place: Omit<BlockPlace, 'indent' | 'after'>,
  ): void {
    if (this.blocks.length === 0) this.top.at = this.#startLine(container.top)
    this.blocks.push(block)
    this.places.push({ ...place, indent: container.indent, after: this.#gapAfter(node, container) })
  }

  #gapAfter(node: RootContent, container: Container): BlockGap {
    if (container.outside !== undefined) return container.outside
    const { top, indent } = container
    if (!isUnclosed(node, this.#slice(node))) return { at: this.#endLine(node), before: false, indent }
    if (top !== node) return { at: this.#endLine(top), before: false, indent: '' }
    return { at: this.#startLine(node), before: true, indent: '' }
  }

  #startLine(node: RootContent): number {
    return lineStart(this.#source, spanOf(node)?.start ?? 0)
  }

  #endLine(node: RootContent): number {
    return lineEnd(this.#source, trimmedEnd(this.#source, 0, blockEnd(node) ?? this.#source.length))
  }

  #slice(node: RootContent): string {
    const span = spanOf(node)
    return span === undefined ? '' : this.#source.slice(span.start, span.end)
  }
}

/** In a table, a footnote or behind a checkbox no quote can stand; a heading leads into what follows. */
function foldOf(prose: Prose, container: Container): BlockPlace['fold'] {
  if (prose.kind === 'heading' || prose.kind === 'cell') return 'never'
  if (prose.isTask || container.inFootnote) return 'never'
  return prose.afterMarker ? 'rewritten' : 'before'
}

/** Whether a node holds words beside code and formulas: more than a number or a symbol. */
function holdsWords(node: Nodes): boolean {
  if (node.type === 'text') return /\p{L}{2}/u.test(node.value)
  return 'children' in node && node.children.some(holdsWords)
}
