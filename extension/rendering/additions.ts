import type { AdditionKind } from '@lectern/shared'
import type { ProseLanguage } from './inline-nodes.ts'

/** The word that an addition begins with. */
export const additionLabels: Record<AdditionKind, string> = {
  analogy: 'Analogy',
  example: 'Example',
  background: 'Background',
  check: 'Check yourself',
  summary: 'In short',
}

export type AdditionNodes = { kind: AdditionKind; words: readonly Node[]; answer?: readonly Node[] }

/** Builds what shows an addition: in the page's own typography, and said to be not the author's. */
export function createAddition(
  document: Document,
  { kind, words, answer }: AdditionNodes,
  { language, direction, foreign }: ProseLanguage,
): HTMLElement {
  const addition = document.createElement('div')
  const label = additionLabels[kind]
  addition.setAttribute('data-lectern-addition', kind)
  addition.setAttribute('role', 'note')
  addition.setAttribute('aria-label', `${label}, not written by the author`)
  if (foreign) {
    addition.lang = language
    addition.dir = direction
  }
  addition.append(paragraph(document, labelOf(document, label), ...words))
  if (answer !== undefined) addition.append(disclosure(document, answer))
  return addition
}

/** The label stands inside the paragraph, where the page's style sheet sets its typography. */
function labelOf(document: Document, word: string): HTMLElement {
  const label = document.createElement('span')
  label.setAttribute('data-lectern-label', '')
  label.lang = 'en'
  label.textContent = word
  return label
}

function paragraph(document: Document, ...nodes: Node[]): HTMLElement {
  const element = document.createElement('p')
  element.append(...nodes)
  return element
}

function disclosure(document: Document, answer: readonly Node[]): HTMLElement {
  const details = document.createElement('details')
  const summary = document.createElement('summary')
  summary.lang = 'en'
  summary.textContent = 'Show the answer'
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
