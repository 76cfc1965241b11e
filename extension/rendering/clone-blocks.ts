import {
  type ExtractedBlock,
  type ExtractedLesson,
  isExtractedProse,
} from '../extraction/extracted-lesson.ts'
import { byText, type ElementsByText } from './author-elements.ts'
import type { CloneTree } from './clone-tree.ts'
import { ProseSlot } from './prose-slot.ts'
import { runCopies } from './run-copies.ts'

/** A block in the original and in the clone. */
export type BlockPair = { index: number; original: Element; copy: Element }

/** The blocks of a lesson in its clone, by their index in the lesson. */
export class CloneBlocks {
  readonly prose = new Map<number, ProseSlot>()
  readonly fixed = new Map<number, Element>()
  /** In reading order; what a block's place in the viewport is measured by. */
  readonly pairs: readonly BlockPair[]
  /** The first element of each formula of the lesson, by TeX. */
  readonly formulas: ElementsByText
  readonly #byParent: ReadonlyMap<Element | undefined, readonly number[]>

  constructor({ blocks }: ExtractedLesson, tree: CloneTree) {
    const runs = runCopies(blocks, tree.copyOf)
    for (const [index, block] of blocks.entries()) {
      if (isExtractedProse(block))
        this.prose.set(index, new ProseSlot(block, runs.get(block) ?? [], tree.copyOf))
      else {
        const copy = tree.copyOf(block.element)
        if (copy !== undefined) this.fixed.set(index, copy as Element)
      }
    }
    this.pairs = blocks.flatMap((block, index): BlockPair[] => {
      const original = elementOf(block)
      const copy = tree.copyOf(original)
      return copy === undefined ? [] : [{ index, original, copy: copy as Element }]
    })
    this.#byParent = Map.groupBy(this.prose.keys(), (index) => this.prose.get(index)?.parent)
    const formulas = [...this.prose.values()].flatMap(({ author }) =>
      [...author.formulas].flatMap(([tex, elements]) => elements.map((element) => [tex, element] as const)),
    )
    this.formulas = byText(formulas)
  }

  /** The node after which something can follow a block. */
  lastNode(index: number): ChildNode | undefined {
    return this.prose.get(index)?.last ?? this.fixed.get(index)
  }

  /** The prose block whose words hold a node of the clone. */
  proseAt(node: Node): number | undefined {
    for (let at: Element | null = node.parentElement; at !== null; at = at.parentElement) {
      const found = this.#byParent.get(at)?.find((index) => this.prose.get(index)?.holds(node) === true)
      if (found !== undefined) return found
    }
    return this.#byParent.get(node as Element)?.find((index) => this.prose.get(index)?.element === node)
  }

  /** The element that a prose block stands in: its own, or one that it shares. */
  placeOf(index: number): Element | undefined {
    const slot = this.prose.get(index)
    return slot?.element ?? slot?.enclosure ?? slot?.parent
  }

  /** Whether an element holds no other blocks than `place` does, which stands in it. */
  isAround(place: Node, element: Element): boolean {
    const nodes = [...this.fixed.values(), ...[...this.prose.values()].flatMap(({ last }) => last ?? [])]
    return nodes.every((node) => place.contains(node) || !element.contains(node))
  }
}

function elementOf(block: ExtractedBlock): Element {
  return isExtractedProse(block) ? block.run.parent : block.element
}
