import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { mathFromMarkdown } from 'mdast-util-math'
import { gfm } from 'micromark-extension-gfm'
import { dollarMath } from './dollar-math.ts'
import { type Span, spanOf } from './source-text.ts'
import { checkSize, workBudget } from './work-budget.ts'

/** A tree with the offsets between which the words of its paragraphs, headings and cells stand. */
export type ParsedMarkdown = { tree: Root; words: ReadonlyMap<Nodes, Span> }

const extensions = gfmFromMarkdown()
const syntax = extensions.map((extension) => ({ ...extension, transforms: [] }))
const transforms = extensions.flatMap((extension) => extension.transforms ?? [])

/**
 * Parses Markdown with GFM and TeX formulas; offsets count UTF-16 units of `source`.
 *
 * @throws BudgetSpent for a source that would cost too much to read.
 */
export function parseMarkdown(source: string): ParsedMarkdown {
  checkSize(source)
  const tree = fromMarkdown(source, {
    extensions: [gfm(), dollarMath(), workBudget()],
    mdastExtensions: [syntax, mathFromMarkdown()],
  })
  // Making links of bare addresses takes the offsets from the nodes that they are cut from.
  const words = wordSpans(tree)
  findAddresses(tree)
  return { tree, words }
}

/** Makes links of what GFM takes for an address wherever it stands in words. */
export function findAddresses(tree: Root): void {
  for (const transform of transforms) transform(tree)
}

/** Whether a reader sees a node at a block's start. */
export function isShown(node: Nodes): boolean {
  return node.type === 'text' ? /[^ \t\r\n]/.test(node.value) : node.type !== 'break'
}

function wordSpans(tree: Root): Map<Nodes, Span> {
  const spans = new Map<Nodes, Span>()
  const open: Nodes[] = [tree]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!('children' in node)) continue
    for (const child of node.children) open.push(child)
    if (node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'tableCell') continue
    const first = node.children.find(isShown)
    const last = node.children.at(-1)
    const start = first && spanOf(first)?.start
    const end = last && spanOf(last)?.end
    if (start !== undefined && end !== undefined) spans.set(node, { start, end })
  }
  return spans
}
