import {
  type Atom,
  type AtomType,
  blockLimits,
  cleanLine,
  type Inline,
  normalizeInline,
  serializeInline,
} from '@lectern/shared'
import type { ImageReference, Link, LinkReference, Nodes, PhrasingContent } from 'mdast'
import { htmlAtom, pairedTag } from './html-atom.ts'
import { markOf, type PutBack } from './markdown-lesson.ts'
import { isShown } from './parse-markdown.ts'
import { oneLine, type Span, spanOf } from './source-text.ts'

/** Marks nested deeper than this are no author's; below it only the words count. */
const DEEPEST = 24

/** The words of a block: inline text, the legend of its atoms, and what a rewrite puts back for its numbers. */
export type Words = { text: string; inlines: Inline[]; atoms: Atom[]; putBack: PutBack }

/** Reads inline content as canonical inline text; links and atoms are numbered in its order. */
export function readWords(nodes: readonly PhrasingContent[], source: string): Words {
  const reader = new WordsReader(source)
  const start = nodes.findIndex(isShown)
  const inlines = normalizeInline(reader.readAll(nodes.slice(Math.max(0, start)), 0))
  return { text: serializeInline(inlines), inlines, atoms: reader.legends, putBack: reader.putBack }
}

class WordsReader {
  readonly legends: Atom[] = []
  readonly putBack: PutBack = { links: [], atoms: [], spans: new Map() }
  readonly #source: string

  constructor(source: string) {
    this.#source = source
  }

  readAll(nodes: readonly PhrasingContent[], depth: number, inLink = false): Inline[] {
    const inlines: Inline[] = []
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as PhrasingContent
      const end = node.type === 'html' ? findPair(nodes, i) : undefined
      if (node.type === 'text') inlines.push({ type: 'text', text: besideBreaks(nodes, i, node.value) })
      else if (end === undefined) inlines.push(...this.#read(node, depth, inLink))
      else {
        inlines.push(this.#pair(nodes.slice(i, end + 1)))
        i = end
      }
    }
    return inlines
  }

  #read(node: PhrasingContent, depth: number, inLink: boolean): Inline[] {
    switch (node.type) {
      case 'emphasis':
      case 'strong':
        if (depth > DEEPEST) return [{ type: 'text', text: wordsOf(node) }]
        return [{ type: node.type, children: this.readAll(node.children, depth + 1, inLink) }]
      case 'inlineCode':
        return this.#span({ type: 'code', text: node.value }, node)
      case 'inlineMath':
        return this.#span({ type: 'math', tex: node.value }, node)
      case 'link':
      case 'linkReference':
        return inLink ? this.readAll(node.children, depth + 1, true) : [this.#link(node, depth)]
      default:
        return [this.#atomOf(node)]
    }
  }

  #span(inline: Inline & { type: 'code' | 'math' }, node: PhrasingContent): Inline[] {
    const [canonical] = normalizeInline([inline])
    if (canonical?.type !== 'code' && canonical?.type !== 'math')
      return [this.#atom('other', '', this.#markdownOf(node))]
    const markdown = this.#sourceOf(node)
    const text = canonical.type === 'code' ? canonical.text : canonical.tex
    // Over lines it is not only the author's: what the containers put before a line is in between.
    if (!/[\r\n]/.test(markdown)) this.putBack.spans.set(markOf(canonical.type, text), markdown)
    return [canonical]
  }

  #link(node: Link | LinkReference, depth: number): Inline {
    if (!hasContent(node)) return this.#atom('other', 'link', this.#markdownOf(node))
    const number = this.putBack.links.push(node)
    const children: Inline[] =
      depth > DEEPEST ? [{ type: 'text', text: wordsOf(node) }] : this.readAll(node.children, depth + 1, true)
    return { type: 'link', number, children }
  }

  #atomOf(node: PhrasingContent): Inline {
    const markdown = this.#markdownOf(node)
    switch (node.type) {
      case 'break':
        return this.#atom('line_break', '', '\n')
      case 'image':
        return this.#atom('image', node.alt ?? '', markdown)
      case 'imageReference':
        return this.#atom('image', node.alt ?? '', fullReference(node, markdown))
      case 'footnoteReference':
        return this.#atom('footnote', node.label ?? node.identifier, markdown)
      case 'delete':
        return this.#atom('deleted', wordsOf(node), markdown)
      case 'html': {
        const { type, text } = htmlAtom(node.value)
        return this.#atom(type, text, markdown)
      }
      default:
        return this.#atom('other', wordsOf(node), markdown)
    }
  }

  #pair(nodes: readonly PhrasingContent[]): Inline {
    const [open] = nodes
    const type = open?.type === 'html' ? pairedTag(open.value)?.type : undefined
    const words = nodes.slice(1, -1).map(wordsOf).join('')
    const markdown = oneLine(this.#source.slice(startOf(nodes.at(0)), endOf(nodes.at(-1))))
    return this.#atom(type ?? 'other', words, markdown)
  }

  #atom(type: AtomType, words: string, markdown: string): Inline {
    const text = cleanLine(words).slice(0, blockLimits.atom).toWellFormed().trim()
    this.legends.push({ type, text })
    return { type: 'atom', number: this.putBack.atoms.push(markdown) }
  }

  #sourceOf(node: Nodes): string {
    return this.#source.slice(startOf(node), endOf(node))
  }

  /** A node's Markdown in one line. */
  #markdownOf(node: Nodes): string {
    if (node.type === 'html') return node.value.replace(/\r\n?|\n/g, ' ')
    let markdown = ''
    let at = startOf(node)
    for (const { start, end } of breaksIn(node)) {
      markdown += `${this.#source.slice(at, start)}\n`
      at = end
    }
    markdown += this.#source.slice(at, endOf(node))
    return oneLine(node.type.startsWith('image') ? withoutBackslashes(markdown) : markdown)
  }
}

/** Where lines are broken in deleted words, which are put back in one line. */
function breaksIn(node: Nodes): Span[] {
  const children = 'children' in node ? node.children : []
  return children.flatMap((child) => (child.type === 'break' ? (spanOf(child) ?? []) : breaksIn(child)))
}

/** Without the backslashes that break a line: an image's description has no children to tell them by. */
function withoutBackslashes(markdown: string): string {
  return markdown.replace(/(?<!\\)((?:\\\\)*)\\(?=[\r\n])/g, '$1')
}

/** Words without the blanks beside a hard line break, which no reader sees. */
function besideBreaks(nodes: readonly PhrasingContent[], at: number, words: string): string {
  const after = nodes[at - 1]?.type === 'break' ? words.replace(/^[ \t\r\n]+/, '') : words
  return nodes[at + 1]?.type === 'break' ? after.replace(/(?<![ \t\r\n])[ \t\r\n]+$/, '') : after
}

/** Where the closing tag of an atom stands, when nothing but words is between. */
function findPair(nodes: readonly PhrasingContent[], at: number): number | undefined {
  const open = nodes[at]
  const tag = open?.type === 'html' ? pairedTag(open.value) : undefined
  if (tag === undefined) return undefined
  const end = nodes.findIndex((node, i) => i > at && node.type !== 'text' && node.type !== 'inlineCode')
  const close = nodes[end]
  return close?.type === 'html' && tag.close.test(close.value) ? end : undefined
}

/** A link that shows something: words, code or an image. */
function hasContent(link: Link | LinkReference): boolean {
  return link.children.some((child) => child.type !== 'text' || cleanLine(child.value).trim() !== '')
}

/** The words of a node at any depth. */
export function wordsOf(node: Nodes): string {
  const open: Nodes[] = [node]
  let words = ''
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if ('children' in next) for (const child of next.children.toReversed()) open.push(child)
    else if ('value' in next && next.type !== 'html') words += next.value
    else if (next.type === 'break') words += ' '
  }
  return words
}

/** An image that is defined elsewhere, with its label: a short form could join with brackets after it. */
function fullReference(node: ImageReference, markdown: string): string {
  if (node.referenceType === 'full') return markdown
  const short = node.referenceType === 'collapsed' ? markdown.slice(0, -2) : markdown
  return short + short.slice(1)
}

function startOf(node: Nodes | undefined): number {
  return (node && spanOf(node)?.start) ?? 0
}

function endOf(node: Nodes | undefined): number {
  return (node && spanOf(node)?.end) ?? 0
}
