import { type Inline, type InlineParent, normalizeInline, parseInline } from '@lectern/shared'
import { type AuthorElements, type ElementsByText, namedElements } from './author-elements.ts'
import { isBlank } from './is-blank.ts'
import { isolateTerms } from './isolate-terms.ts'

/** The language that prose is shown in; `foreign` when it is not the lesson's. */
export type ProseLanguage = {
  language: string
  direction: 'ltr' | 'rtl'
  /** The lesson's own language, whose terms stand in the prose of another. */
  termsLanguage: string
  foreign: boolean
}

export type InlineContext = {
  document: Document
  author: AuthorElements
  /** Formulas of the lesson's other blocks, by TeX. */
  lessonFormulas: ElementsByText
  /** Typesets TeX that stands nowhere in the lesson; undefined where it cannot. */
  typesetTex: (tex: string) => Node | undefined
  /** Told of each copy of an author's element. */
  noteCopy: (again: Node, copy: Node) => void
  language: ProseLanguage
}

/**
 * Builds the nodes of inline text. Whatever it says, they are text and copies of the author's elements, plain
 * `em`, `strong` and `code`, and what `typesetTex` gives: no other element, no attribute and no URL.
 */
export function inlineNodes(inlines: readonly Inline[], context: InlineContext): Node[] {
  return new InlineBuilder(context).build(inlines)
}

/** Reads inline text within what the block has; canonical, so without what no reader sees. */
export function readInline(text: string, { links, atoms }: AuthorElements): Inline[] {
  return normalizeInline(parseInline(text, { links: links.length, atoms: atoms.length }))
}

class InlineBuilder {
  readonly #context: InlineContext
  readonly #named: ReadonlySet<Element>
  /** What was used once keeps its id; a second copy has none. */
  readonly #used = new Set<Element>()
  readonly #emphases = { emphasis: 0, strong: 0 }

  constructor(context: InlineContext) {
    this.#context = context
    this.#named = namedElements(context.author)
  }

  build(inlines: readonly Inline[]): Node[] {
    return inlines.flatMap((inline) => this.#buildOne(inline))
  }

  #buildOne(inline: Inline): Node[] {
    switch (inline.type) {
      case 'text':
        return this.#text(inline.text)
      case 'code':
        return [this.#leftToRight(this.#code(inline.text))]
      case 'math':
        return this.#math(inline.tex).map((node) => this.#leftToRight(node))
      case 'atom':
        return this.#atom(inline.number)
      default:
        return this.#parent(inline)
    }
  }

  #text(text: string): Node[] {
    const { document, language } = this.#context
    if (language.foreign && language.direction === 'rtl')
      return isolateTerms(text, document, language.termsLanguage)
    return [document.createTextNode(text)]
  }

  #code(text: string): Node {
    const own = this.#next(this.#context.author.codes.get(text))
    return own === undefined ? this.#plain('code', text) : this.#copy(own)
  }

  #math(tex: string): Node[] {
    const { document, author, lessonFormulas, typesetTex } = this.#context
    const own = this.#next(author.formulas.get(tex))
    if (own !== undefined) return [this.#copy(own)]
    const raw = author.rawFormulas.get(tex)
    if (raw !== undefined) return [document.createTextNode(raw)]
    const [borrowed] = lessonFormulas.get(tex) ?? []
    if (borrowed !== undefined) return [withoutIds(borrowed.cloneNode(true))]
    return [typesetTex(tex) ?? this.#plain('code', tex)]
  }

  #plain(name: 'code', text: string): Element {
    const element = this.#context.document.createElement(name)
    element.textContent = text
    return element
  }

  #atom(number: number): Node[] {
    const element = this.#context.author.atoms[number - 1]
    return element === undefined ? [] : [this.#copy(element)]
  }

  /** Of elements that say the same, each in its turn. */
  #next(elements: readonly Element[] = []): Element | undefined {
    return elements.find((element) => !this.#used.has(element)) ?? elements[0]
  }

  #copy(element: Element): Node {
    const copy = element.cloneNode(true)
    this.#context.noteCopy(copy, element)
    return this.#isFirstUse(element) ? copy : withoutIds(copy)
  }

  #isFirstUse(element: Element): boolean {
    const first = !this.#used.has(element)
    this.#used.add(element)
    return first
  }

  #parent(inline: InlineParent): Node[] {
    const own =
      inline.type === 'link' ? this.#context.author.links[inline.number - 1] : this.#emphasis(inline.type)
    const children = this.build(inline.children)
    if (own !== undefined) return [this.#refill(own, children)]
    if (inline.type === 'link') return children
    const plain = this.#context.document.createElement(inline.type === 'strong' ? 'strong' : 'em')
    plain.append(...children)
    return [plain]
  }

  #emphasis(type: 'emphasis' | 'strong'): Element | undefined {
    const nth = this.#emphases[type]++
    return this.#context.author.emphases[type][nth]
  }

  /** The author's element without its words, but with what is around all of them, and the icons at its edges. */
  #refill(own: Element, children: Node[]): Element {
    const copy = own.cloneNode(false) as Element
    this.#context.noteCopy(copy, own)
    if (!this.#isFirstUse(own)) copy.removeAttribute('id')
    const { furniture } = this.#context.author
    const wrapper = this.#wrapperIn(own)
    if (wrapper === undefined) {
      const { before, after } = edgeFurniture(own, furniture, this.#named)
      copy.append(...before, ...children, ...after)
      return copy
    }
    for (const child of own.children)
      if (child === wrapper) copy.append(this.#refill(wrapper, children))
      else if (furniture.has(child)) copy.append(child.cloneNode(true))
    return copy
  }

  /** The element that holds all the words of another and is nothing that the text names. */
  #wrapperIn(own: Element): Element | undefined {
    const { furniture } = this.#context.author
    const [only, ...others] = [...own.childNodes].filter(
      (child) => !isBlank(child) && !furniture.has(child as Element),
    )
    if (only?.nodeType !== own.ELEMENT_NODE || others.length > 0 || !only.hasChildNodes()) return undefined
    return this.#named.has(only as Element) ? undefined : (only as Element)
  }

  /** Code and formulas read from left to right inside a text that does not. */
  #leftToRight(node: Node): Node {
    const isElement = node.nodeType === node.ELEMENT_NODE
    if (isElement && this.#context.language.direction === 'rtl') (node as Element).setAttribute('dir', 'ltr')
    return node
  }
}

/**
 * Copies of the furniture inside an element: what stands before its first word, and the rest. What the text names
 * brings its own.
 */
function edgeFurniture(
  element: Element,
  furniture: ReadonlySet<Element>,
  named: ReadonlySet<Element>,
): { before: Node[]; after: Node[] } {
  const edges = { before: [] as Node[], after: [] as Node[] }
  let seenWords = false
  const visit = (parent: Element) => {
    for (const child of parent.childNodes) {
      if (furniture.has(child as Element)) edges[seenWords ? 'after' : 'before'].push(child.cloneNode(true))
      else if (child.nodeType === child.ELEMENT_NODE && !named.has(child as Element)) visit(child as Element)
      else seenWords ||= child.nodeType === child.ELEMENT_NODE || !isBlank(child)
    }
  }
  if (furniture.size > 0) visit(element)
  return edges
}

/** A copy that stands beside what it was copied from must not be what `#id` finds. */
function withoutIds(node: Node): Node {
  if (node.nodeType !== node.ELEMENT_NODE) return node
  const element = node as Element
  element.removeAttribute('id')
  for (const inner of element.querySelectorAll('[id]')) inner.removeAttribute('id')
  return element
}
