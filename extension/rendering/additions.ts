import type { AdditionKind } from '@lectern/shared'
import type { ProseLanguage } from './inline-nodes.ts'
import type { LessonWords } from './lesson-words.ts'

export type AdditionNodes = { kind: AdditionKind; words: readonly Node[]; answer?: readonly Node[] }

/** Builds what shows an addition: in the page's own typography, and said to be not the author's. */
export function createAddition(
  document: Document,
  { kind, words, answer }: AdditionNodes,
  { language, direction, foreign }: ProseLanguage,
  own: LessonWords,
): HTMLElement {
  const addition = document.createElement('div')
  const label = own.additions[kind]
  addition.setAttribute('data-lectern-addition', kind)
  addition.setAttribute('role', 'note')
  addition.setAttribute('aria-label', own.notTheAuthors(label))
  if (foreign) {
    addition.lang = language
    addition.dir = direction
  }
  addition.append(paragraph(document, labelOf(document, label, own), ...words))
  if (answer !== undefined) addition.append(disclosure(document, answer, own))
  return addition
}

/** The label stands inside the paragraph, where the page's style sheet sets its typography. */
function labelOf(document: Document, word: string, own: LessonWords): HTMLElement {
  const label = document.createElement('span')
  label.setAttribute('data-lectern-label', '')
  label.lang = own.language
  label.textContent = word
  return label
}

function paragraph(document: Document, ...nodes: Node[]): HTMLElement {
  const element = document.createElement('p')
  element.append(...nodes)
  return element
}

function disclosure(document: Document, answer: readonly Node[], own: LessonWords): HTMLElement {
  const details = document.createElement('details')
  const summary = document.createElement('summary')
  summary.lang = own.language
  summary.textContent = own.showAnswer
  details.append(summary, paragraph(document, ...answer))
  return details
}

/**
 * Puts an addition after a node, behind the additions that stand there already for this block or one before it.
 * @param after the block that the addition follows
 */
export function insertAddition(addition: HTMLElement, place: ChildNode, after: number): void {
  addition.setAttribute('data-lectern-after', String(after))
  let last = place
  for (let next = place.nextSibling; isAdditionUpTo(next, after); next = next.nextSibling) last = next
  last.after(addition)
}

function isAdditionUpTo(node: ChildNode | null, after: number): node is ChildNode {
  if (node === null || node.nodeType !== node.ELEMENT_NODE) return false
  const position = (node as Element).getAttribute('data-lectern-after')
  return position !== null && Number(position) <= after
}
