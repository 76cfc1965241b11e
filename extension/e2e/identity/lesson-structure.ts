import { visibleText } from '@lectern/shared'
import type { ExtractedProse } from '../../extraction/extracted-lesson.ts'
import { placeholderKind } from '../../rendering/placeholder.ts'

/** What shows no words itself, and what the clone has something else for. */
const unseen =
  'script, style, link, meta, base, template, defs, [data-lectern-placeholder], [data-lectern-picture]'

/**
 * Each node of a tree with the node at its place in the other; below a placeholder there is none. A text that several
 * blocks share is split there: it has its first part.
 */
export function pairNodes(original: Node, copy: Node): Map<Node, Node> {
  const pairs = new Map<Node, Node>()
  const open: [Node, Node][] = [[original, copy]]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [from, to] = pair
    pairs.set(from, to)
    open.push(...pairChildren(from, to))
  }
  return pairs
}

function pairChildren(from: Node, to: Node): [Node, Node][] {
  const pairs: [Node, Node][] = []
  let copy = to.firstChild
  for (const child of from.childNodes) {
    if (copy === null) return []
    pairs.push([child, copy])
    let length = copy.nodeValue?.length ?? 0
    copy = copy.nextSibling
    for (; child instanceof Text && copy instanceof Text && length < child.length; copy = copy.nextSibling)
      length += copy.length
  }
  return copy === null ? pairs : []
}

/** The text nodes below nodes that hold words which both trees show. */
export function textsOf(nodes: readonly Node[]): Text[] {
  return nodes.flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return (node as Text).data.trim() === '' ? [] : [node as Text]
    return isSeen(node) ? textsOf([...node.childNodes]) : []
  })
}

/** The words below nodes, white space folded. Characters that no reader sees reach no prompt, and no rewrite has them. */
export function wordsOf(nodes: readonly Node[]): string {
  const join = (all: Iterable<Node>): string => [...all].map(textOf).join('')
  const textOf = (node: Node): string =>
    node.nodeType === Node.TEXT_NODE ? (node as Text).data : isSeen(node) ? join(node.childNodes) : ''
  return visibleText(join(nodes)).replace(/\s+/g, ' ').trim()
}

export function lettersOf(nodes: readonly Node[]): string {
  return [...wordsOf(nodes).replaceAll(' ', '')].sort().join('')
}

function isSeen(node: Node): node is Element {
  if (node.nodeType !== Node.ELEMENT_NODE) return false
  const element = node as Element
  return !element.matches(unseen) && placeholderKind(element) === undefined
}

/** The elements below a root that are not in these nodes: each with its depth and its attributes. */
export function frameOf(root: Element, prose: readonly Node[]): string[] {
  const inProse = new Set(prose)
  const walk = (parent: Element, depth: number): string[] =>
    [...parent.children].flatMap((child) =>
      inProse.has(child) || !isSeen(child) ? [] : [`${depth} ${tagOf(child)}`, ...walk(child, depth + 1)],
    )
  return walk(root, 1)
}

/** The clone has names of its own for what must not be shared (rendering/shared-names.ts). */
function tagOf(element: Element): string {
  const ownName = element instanceof HTMLElement ? /^lectern:/ : /(?!)/
  const attributes = element
    .getAttributeNames()
    .filter((name) => name !== 'autofocus')
    .map((name) => `${name}=${element.getAttribute(name)?.replace(ownName, '')}`)
  return [element.localName, ...attributes.sort()].join(' ')
}

/** How often each link, id, atom, code and formula of a block stands in these nodes. */
export function blockContents(prose: ExtractedProse, nodes: readonly Node[]): Record<string, unknown> {
  const elements = nodes
    .filter((node) => node.nodeType === Node.ELEMENT_NODE)
    .flatMap((node) => [node as Element, ...(node as Element).querySelectorAll('*')])
    .filter((element) => !element.matches(unseen))
  const count = (element: Element) => elements.filter((other) => other.isEqualNode(element)).length
  const named = [...prose.atoms, ...[...prose.codes, ...prose.formulas].map(({ element }) => element)]
  return {
    links: elements.flatMap((element) => element.getAttribute('href') ?? []).sort(),
    ids: elements.flatMap(({ id }) => (id === '' ? [] : id)).sort(),
    emphases: elements.filter((element) => element.matches('em, strong, i, b')).length,
    named: named.map((element) => `${tagOf(element)}: ${count(element)}`),
  }
}
