import type { ExtractedProse } from '../../extraction/extracted-lesson.ts'
import { textsOf } from './lesson-structure.ts'

/** Where a prose block stands in a lesson's clone, whatever its words are there. */
export class BlockPlace {
  readonly prose: ExtractedProse
  /** The nodes of its run in the original. */
  readonly original: Node[]
  readonly #parent: Node
  readonly #before: Node | null
  readonly #after: Node | null
  readonly #texts: Text[]

  /** @param twins each node of the original with its copy in the clone, before anything in it was rewritten */
  constructor(prose: ExtractedProse, twins: ReadonlyMap<Node, Node>) {
    const { parent, first, last, start, end } = prose.run
    const twinOf = (node: Node) => {
      const twin = twins.get(node)
      if (twin === undefined) throw new Error(`Not in the clone: "${node.textContent}"`)
      return twin
    }
    this.prose = prose
    this.original = between(parent, first.previousSibling, last.nextSibling).map((node) =>
      partOf(node, prose),
    )
    this.#parent = twinOf(parent)
    this.#before = partAt(twinOf(first), start)?.previousSibling ?? null
    const twin = twinOf(last)
    this.#after = last instanceof Text ? partAt(twin, end ?? last.length) : twin.nextSibling
    const furniture = prose.furniture.flatMap((element) => twins.get(element) ?? [])
    this.#texts = textsOf(this.nodes).filter((text) => !furniture.some((holder) => holder.contains(text)))
  }

  /** The block's nodes in the clone. */
  get nodes(): Node[] {
    return between(this.#parent, this.#before, this.#after)
  }

  /** Whether none of the text nodes of the copied block is there any more. */
  get isRenewed(): boolean {
    return this.#texts.length > 0 && this.#texts.every((text) => !text.isConnected)
  }
}

/** What of a node of the original is in a block: it may have only a part of its first and last text. */
function partOf(node: Node, { run: { first, last, start, end } }: ExtractedProse): Node {
  const from = node === first ? start : undefined
  const to = node === last ? end : undefined
  if (from === undefined && to === undefined) return node
  return document.createTextNode((node as Text).data.slice(from, to))
}

/** The part of a split text that begins at a place of the whole; at its end, what follows. */
function partAt(part: Node, at = 0): Node | null {
  let found: Node | null = part
  for (let rest = at; rest > 0 && found !== null; found = found.nextSibling) rest -= (found as Text).length
  return found
}

function between(parent: Node, before: Node | null, after: Node | null): Node[] {
  const nodes: Node[] = []
  for (
    let node = before === null ? parent.firstChild : before.nextSibling;
    node !== after && node !== null;
    node = node.nextSibling
  )
    nodes.push(node)
  return nodes
}
