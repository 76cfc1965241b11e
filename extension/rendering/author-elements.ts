import type { ExtractedProse } from '../extraction/extracted-lesson.ts'

/**
 * The author's elements of one block, in the clone, that its rewrite is made of again; and those of the whole
 * lesson that it may borrow.
 */
export type AuthorElements = {
  links: (Element | undefined)[]
  atoms: (Element | undefined)[]
  /** In the order of the block. */
  codes: ElementsByText
  formulas: ElementsByText
  emphases: Record<'emphasis' | 'strong', Element[]>
  furniture: Set<Element>
  /** How the author wrote each formula that is part of the words, by TeX. */
  rawFormulas: ReadonlyMap<string, string>
}

export type ElementsByText = ReadonlyMap<string, readonly Element[]>

/** What additions are made of: they hold nothing of the page. */
export const noElements: AuthorElements = {
  links: [],
  atoms: [],
  codes: new Map(),
  formulas: new Map(),
  emphases: { emphasis: [], strong: [] },
  furniture: new Set(),
  rawFormulas: new Map(),
}

type CopyOf = (original: Node) => Node | undefined

/** Finds a block's elements in the clone. */
export function authorElements(prose: ExtractedProse, copyOf: CopyOf): AuthorElements {
  const copy = (element: Element) => copyOf(element) as Element | undefined
  const copies = (elements: Element[]) => elements.flatMap((element) => copy(element) ?? [])
  const emphasesOf = (type: 'emphasis' | 'strong') =>
    copies(prose.emphases.filter((emphasis) => emphasis.type === type).map(({ element }) => element))
  return {
    links: prose.links.map(copy),
    atoms: prose.atoms.map(copy),
    codes: byText(prose.codes.map(({ text, element }) => [text, copy(element)])),
    formulas: byText(prose.formulas.map(({ tex, element }) => [tex, copy(element)])),
    emphases: { emphasis: emphasesOf('emphasis'), strong: emphasesOf('strong') },
    furniture: new Set(copies(prose.furniture)),
    rawFormulas: new Map(prose.rawFormulas.map(({ tex, text }) => [tex, text])),
  }
}

/** Every element that the inline text of this block names. */
export function namedElements(elements: AuthorElements): Set<Element> {
  const { links, emphases } = elements
  const named = copiedElements(elements)
  for (const element of [...links, ...emphases.emphasis, ...emphases.strong])
    if (element !== undefined) named.add(element)
  return named
}

/** Those that are copied with all that is in them. */
export function copiedElements({ atoms, codes, formulas }: AuthorElements): Set<Element> {
  const all = [...atoms, ...[...codes.values(), ...formulas.values()].flat()]
  return new Set(all.filter((element) => element !== undefined))
}

/** The elements of each text, in order. */
export function byText(pairs: Iterable<readonly [string, Element | undefined]>): ElementsByText {
  const elements = new Map<string, Element[]>()
  for (const [text, element] of pairs) {
    if (element === undefined) continue
    const others = elements.get(text)
    if (others === undefined) elements.set(text, [element])
    else others.push(element)
  }
  return elements
}
