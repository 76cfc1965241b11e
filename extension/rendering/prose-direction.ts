import type { ProseLanguage } from './inline-nodes.ts'
import type { ProseSlot } from './prose-slot.ts'

type Direction = ProseLanguage['direction']

/**
 * Says of each block of a clone which language it is in, and turns prose to that language's direction block by
 * block: a lesson read from right to left still holds listings, formulas and tables read from left to right.
 */
export class ProseDirection {
  readonly #root: Element
  readonly #lessonDirection: Direction
  /** The values that the author gave `lang` and `dir`, of each element where this changed them. */
  readonly #author = { lang: new Map<Element, string | null>(), dir: new Map<Element, string | null>() }

  constructor(root: Element, lessonDirection: Direction) {
    this.#root = root
    this.#lessonDirection = lessonDirection
  }

  /** Readies the clone for prose of that direction: lists turn as a whole, what is not rewritten yet does not. */
  prepare(direction: Direction, slots: Iterable<ProseSlot>, fixed: Iterable<Element>): void {
    if (direction === this.#lessonDirection) return
    for (const { parent } of slots) {
      if (parent === undefined || parent === this.#root) continue
      this.#set(parent, 'dir', this.#lessonDirection)
      const list = parent.closest('ul, ol, dl')
      if (list !== null && this.#root.contains(list)) this.#set(list, 'dir', direction)
    }
    for (const element of fixed) this.#set(element, 'dir', this.#lessonDirection)
  }

  /** Marks a block as being in the language of the rewrite. */
  markRewritten(slot: ProseSlot, { language, direction, foreign }: ProseLanguage): void {
    if (!foreign) return
    this.#set(slot.element ?? slot.enclose(), 'lang', language)
    if (direction !== this.#lessonDirection) this.#turn(slot, direction)
  }

  /** Marks a block as being in the author's words again. */
  markAuthor(slot: ProseSlot, { direction, foreign }: ProseLanguage): void {
    if (!foreign) return
    const holder = slot.element ?? slot.enclosure
    if (holder !== undefined && this.#author.lang.has(holder)) this.#giveBack(holder, 'lang')
    if (direction !== this.#lessonDirection) this.#turn(slot, this.#lessonDirection)
  }

  #turn({ parent }: ProseSlot, direction: Direction): void {
    if (parent !== undefined && parent !== this.#root) this.#set(parent, 'dir', direction)
  }

  #set(element: Element, name: 'lang' | 'dir', value: string): void {
    const author = this.#author[name]
    if (!author.has(element)) author.set(element, element.getAttribute(name))
    element.setAttribute(name, value)
  }

  #giveBack(element: Element, name: 'lang' | 'dir'): void {
    const value = this.#author[name].get(element) ?? null
    if (value === null) element.removeAttribute(name)
    else element.setAttribute(name, value)
  }
}
