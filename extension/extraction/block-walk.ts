import { type Context, contextWithin } from './context.ts'
import type { ExtractedBlock } from './extracted-lesson.ts'
import { fixed, fixedBlockOf } from './fixed-block.ts'
import { bareTex, displayFormulas } from './math/raw-tex.ts'
import { isElement, isText } from './nodes.ts'
import { blocksOfRun } from './run-blocks.ts'
import type { Survey } from './survey.ts'
import { captionsOf, hasManyWords } from './table.ts'

type Frame = {
  element: Element
  context: Context
  next: ChildNode | null
  /** The run that is being gathered. */
  first: ChildNode | null
  last: ChildNode | null
  start: number | undefined
  end: number | undefined
}

/**
 * The blocks of a lesson in reading order. One step forward for each node and no recursion, so that cost grows
 * with the page alone, however deep it is.
 */
export function walkBlocks(root: Element, survey: Survey): ExtractedBlock[] {
  const walk = new BlockWalk(survey)
  walk.enter(root, { kind: 'paragraph', used: false })
  walk.run()
  return walk.blocks
}

class BlockWalk {
  readonly blocks: ExtractedBlock[] = []
  readonly #survey: Survey
  readonly #frames: Frame[] = []

  constructor(survey: Survey) {
    this.#survey = survey
  }

  enter(element: Element, context: Context): void {
    const gathered = { first: null, last: null, start: undefined, end: undefined }
    this.#frames.push({ element, context, next: element.firstChild, ...gathered })
  }

  run(): void {
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) this.#step(frame)
  }

  #step(frame: Frame): void {
    const node = frame.next
    if (node === null) {
      this.#flush(frame)
      this.#frames.pop()
      return
    }
    frame.next = node.nextSibling
    if (isElement(node) && this.#survey.breaksRun(node)) {
      this.#flush(frame)
      this.#visit(node, frame.context)
    } else if (isText(node)) this.#gatherText(node, frame)
    else this.#gather(node, frame)
  }

  /** Display formulas that no typesetter has set yet part a text as the typeset ones will. */
  #gatherText(text: Text, frame: Frame): void {
    let start: number | undefined
    for (const formula of displayFormulas(text.data, this.#survey.dollars)) {
      this.#gather(text, frame, start)
      frame.end = formula.start
      this.#flush(frame)
      start = formula.end
      const tex = this.#survey.texOf(bareTex(formula.tex))
      if (frame.context.within === undefined) this.#emit(fixed('math', tex, frame.element), frame.context)
    }
    this.#gather(text, frame, start)
  }

  /** @param start where in a text node a run begins */
  #gather(node: ChildNode, frame: Frame, start?: number): void {
    // Two line breaks in a row are how old pages part paragraphs.
    if (isBreak(node) && isBreak(lastVisible(frame))) {
      this.#flush(frame)
      return
    }
    if (frame.first === null) {
      frame.first = node
      frame.start = start
    }
    frame.last = node
  }

  #flush(frame: Frame): void {
    const { element: parent, context, first, last, start, end } = frame
    Object.assign(frame, { first: null, last: null, start: undefined, end: undefined })
    if (first === null || last === null) return
    const cuts = { ...(start !== undefined && { start }), ...(end !== undefined && { end }) }
    for (const block of blocksOfRun({ parent, first, last, ...cuts }, context, this.#survey))
      this.#emit(block, context)
  }

  #emit(block: ExtractedBlock, context: Context): void {
    this.blocks.push(block)
    context.used = true
  }

  #visit(element: Element, outer: Context): void {
    const role = this.#survey.roleOf(element)
    if (role === 'skip') return
    if (role === 'block') {
      this.enter(element, contextWithin(element, outer))
      return
    }
    if (outer.within === undefined) {
      for (const block of fixedBlockOf(element, role, this.#survey)) this.#emit(block, outer)
    }
    if (role === 'figure') this.enter(element, { kind: 'caption', used: false, within: 'figure' })
    if (role === 'table') this.#enterTable(element)
  }

  #enterTable(table: Element): void {
    const within = 'table'
    if (!hasManyWords(table)) this.enter(table, { kind: 'cell', used: false, within })
    else
      for (const caption of captionsOf(table)) this.enter(caption, { kind: 'caption', used: false, within })
  }
}

function isBreak(node: Node | null): boolean {
  return isElement(node) && node.localName === 'br'
}

function lastVisible(frame: Frame): ChildNode | null {
  let at = frame.last
  while (at !== null && at !== frame.first && !isElement(at) && !(isText(at) && at.data.trim() !== ''))
    at = at.previousSibling
  return at
}
