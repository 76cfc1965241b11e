import type { LessonWords } from './lesson-words.ts'

/** What is folded: an element of its own, or a span within one that keeps its place, which merges with none. */
export type Foldable = { element: Element; canMerge: boolean; sentence: readonly Node[] }

type Fold = { line: HTMLElement; button: HTMLButtonElement; members: Foldable[] }

/** Elements that keep their place and mark when their words are folded: the line stands inside of them. */
const keepsPlace = new Set(['li', 'dd', 'dt', 'td', 'th', 'figcaption', 'caption', 'summary'])

/** Whether an element can itself be hidden and a line be shown in its place. */
export function foldsWhole(element: Element): boolean {
  return !keepsPlace.has(element.localName)
}

/** The folded blocks of a clone: each shown as its first sentence, which opens it; neighbours share a line. */
export class Folds {
  readonly #folds = new Map<Element, Fold>()
  readonly #own: LessonWords

  /** @param own what the lines say beside the author's sentences */
  constructor(own: LessonWords) {
    this.#own = own
  }

  /** Folds an element that is in the clone. */
  fold(foldable: Foldable): void {
    const { element, canMerge } = foldable
    if (this.#folds.has(element)) return
    const previous = canMerge ? this.#foldEndingAt(adjacentElement(element, 'previousSibling')) : undefined
    const next = canMerge ? this.#foldStartingAt(adjacentElement(element, 'nextSibling')) : undefined
    const fold = previous ?? this.#newFold(element)
    this.#take(fold, [foldable])
    if (next !== undefined) {
      next.line.remove()
      this.#take(fold, next.members)
    }
    this.#show(fold)
  }

  /** Shows an element again that was folded; its neighbours stay folded. */
  unfold(element: Element): void {
    const fold = this.#folds.get(element)
    if (fold === undefined) return
    fold.line.remove()
    for (const member of fold.members) {
      member.element.removeAttribute('data-lectern-folded')
      this.#folds.delete(member.element)
    }
    for (const member of fold.members) if (member.element !== element) this.fold(member)
  }

  #newFold(element: Element): Fold {
    const document = element.ownerDocument
    const line = document.createElement(element.localName === 'p' ? 'p' : 'span')
    line.setAttribute('data-lectern-fold', '')
    const button = document.createElement('button')
    button.type = 'button'
    button.setAttribute('aria-expanded', 'false')
    line.append(button)
    element.before(line)
    const fold: Fold = { line, button, members: [] }
    button.addEventListener('click', () => this.#toggle(fold))
    return fold
  }

  #take(fold: Fold, members: Foldable[]): void {
    fold.members.push(...members)
    for (const { element } of members) this.#folds.set(element, fold)
  }

  #foldEndingAt(element: Element | undefined): Fold | undefined {
    return element === undefined ? undefined : this.#folds.get(element)
  }

  #foldStartingAt(line: Element | undefined): Fold | undefined {
    return [...this.#folds.values()].find((fold) => fold.line === line)
  }

  #toggle(fold: Fold): void {
    const expanded = fold.button.getAttribute('aria-expanded') !== 'true'
    fold.button.setAttribute('aria-expanded', String(expanded))
    this.#show(fold)
  }

  #show({ button, members }: Fold): void {
    const expanded = button.getAttribute('aria-expanded') === 'true'
    for (const { element } of members) element.toggleAttribute('data-lectern-folded', !expanded)
    const line = button.ownerDocument.createElement('span')
    if (expanded) line.append(this.#ownWords(button.ownerDocument, this.#own.known))
    else line.append(...(members[0]?.sentence ?? []).map((node) => node.cloneNode(true)))
    button.replaceChildren(line)
    if (expanded || members.length === 1) return
    button.append('\u00a0', this.#ownWords(button.ownerDocument, this.#own.andMore(members.length - 1)))
  }

  #ownWords(document: Document, text: string): HTMLElement {
    const words = document.createElement('bdi')
    words.lang = this.#own.language
    words.textContent = text
    return words
  }
}

/** The next element in a direction, if nothing but blanks lies between. */
function adjacentElement(
  element: Element,
  direction: 'previousSibling' | 'nextSibling',
): Element | undefined {
  let node = element[direction]
  while (node !== null && node.nodeType !== node.ELEMENT_NODE) {
    if (node.nodeType === node.TEXT_NODE && (node.nodeValue ?? '').trim() !== '') return undefined
    node = node[direction]
  }
  return node === null ? undefined : (node as Element)
}
