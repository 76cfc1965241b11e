import { type ExtractedBlock, type ExtractedProse, isExtractedProse } from '../extraction/extracted-lesson.ts'

type CopyOf = (original: Node) => Node | undefined

/**
 * The nodes of each prose block's run in the clone, where a text node that belongs to several blocks is split.
 * A run is empty when the page lost it before it was copied.
 */
export function runCopies(
  blocks: readonly ExtractedBlock[],
  copyOf: CopyOf,
): ReadonlyMap<ExtractedProse, ChildNode[]> {
  const copies = new Map<ExtractedProse, ChildNode[]>()
  // From the end: what is split off leaves the places before it as they were.
  for (const prose of blocks.filter(isExtractedProse).reverse()) {
    const run = runNodes(prose).flatMap((node) => (copyOf(node) as ChildNode | undefined) ?? [])
    copies.set(prose, cut(run, prose.run))
  }
  return copies
}

/** The nodes of a block's run on the page. */
export function runNodes({ run: { first, last } }: ExtractedProse): ChildNode[] {
  const nodes: ChildNode[] = []
  for (let node: ChildNode | null = first; node !== null; node = node.nextSibling) {
    nodes.push(node)
    if (node === last) return nodes
  }
  return []
}

function cut(run: ChildNode[], { start, end }: ExtractedProse['run']): ChildNode[] {
  const last = run.at(-1)
  if (end !== undefined && last !== undefined) split(last, end)
  const [first, ...others] = run
  if (start === undefined || first === undefined) return run
  return [split(first, start), ...others]
}

/** Splits a text node and gives its second part; the page may have shortened it meanwhile. */
function split(node: ChildNode, at: number): ChildNode {
  const text = node as Text
  return text.splitText(Math.min(at, text.length))
}
