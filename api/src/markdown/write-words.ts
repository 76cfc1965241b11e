import { type Inline, normalizeInline, parseInline } from '@lectern/shared'
import type { Literal, Nodes, Paragraph, PhrasingContent } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { mathToMarkdown } from 'mdast-util-math'
import { type Options, toMarkdown } from 'mdast-util-to-markdown'
import { type LineContext, markOf, type PutBack } from './markdown-lesson.ts'
import { findAddresses } from './parse-markdown.ts'
import { wordsOf } from './read-words.ts'

/** Markdown of the source, written as it stands there. */
interface Verbatim extends Literal {
  type: 'verbatim'
}

declare module 'mdast' {
  interface PhrasingContentMap {
    verbatim: Verbatim
  }
  interface RootContentMap {
    verbatim: Verbatim
  }
}

/** What belongs to no block of the source: additions. */
export const nothingToPutBack: PutBack = { links: [], atoms: [], spans: new Map() }

/** Reads inline text of a rewrite; a number that the block does not have is literal text. */
export function readRewrite(inline: string, putBack: PutBack): Inline[] {
  const bounds = { links: putBack.links.length, atoms: putBack.atoms.length }
  return normalizeInline(parseInline(inline, bounds))
}

/** Words that begin with a label in bold. */
export function labelled(label: string, words: readonly Inline[]): Inline[] {
  return [
    { type: 'strong', children: [{ type: 'text', text: label }] },
    { type: 'text', text: ' ' },
    ...words,
  ]
}

/**
 * Writes inline content as Markdown in one line (a hard line break of the source begins another). Words are escaped
 * so that they can be nothing but words; links, images, notes and HTML are the source's own.
 */
export function writeWords(inlines: readonly Inline[], putBack: PutBack, context: LineContext): string {
  const children = new PhrasingWriter(putBack, context).all(inlines)
  const written = toMarkdown(lineNode(children, context), options).replace(/\n$/, '')
  if (context === 'heading') return written.replace(/^# /, '')
  if (context === 'cell') return written
  // A row without a first pipe starts like a paragraph, as a heading or a list for example.
  if (context === 'open_cell') return `| ${written}`
  return written
    .replace(/ *\\\n(?:&#x20;)*/g, '\\\n')
    .split('\n')
    .map(safeLine)
    .join('\n')
}

function lineNode(children: PhrasingContent[], context: LineContext): Nodes {
  if (context === 'heading') return { type: 'heading', depth: 1, children }
  if (context === 'paragraph') return { type: 'paragraph', children }
  return { type: 'tableCell', children }
}

/** HTML and notes of the source that a rewrite moved to a line's start, where they would be blocks. */
function safeLine(line: string): string {
  const isBlock = /^<(?![a-z][a-z0-9+.-]*:|[^<>\s]*@)/i.test(line) && !INLINE_HTML.test(line)
  return isBlock ? `&#x20;${line}` : line.replace(/^(\[\^[^\]]*\]):/, '$1\\:')
}

/** A tag that opens no block of HTML, followed by more than itself. */
const INLINE_HTML =
  /^<\/?(?:a|abbr|b|br|cite|code|del|em|i|img|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var)\b[^<>]*>\s*\S/i

class PhrasingWriter {
  readonly #putBack: PutBack
  readonly #context: LineContext

  constructor(putBack: PutBack, context: LineContext) {
    this.#putBack = putBack
    this.#context = context
  }

  all(inlines: readonly Inline[], inLink = false): PhrasingContent[] {
    const nodes: PhrasingContent[] = []
    for (const node of inlines.flatMap((inline) => this.#one(inline, inLink))) {
      if (runsTogether(nodes.at(-1), node)) nodes.push({ type: 'text', value: ' ' })
      nodes.push(node)
    }
    return nodes
  }

  #one(inline: Inline, inLink: boolean): PhrasingContent[] {
    switch (inline.type) {
      case 'text':
        return inLink ? [{ type: 'text', value: inline.text }] : withoutAddresses(inline.text)
      case 'code':
        return [this.#span('code', inline.text) ?? { type: 'inlineCode', value: inline.text }]
      case 'math':
        return [this.#span('math', inline.tex) ?? this.#formula(inline.tex)]
      case 'atom':
        return this.#atom(inline.number)
      case 'link':
        return this.#link(inline.number, this.all(inline.children, true))
      case 'emphasis':
      case 'strong':
        return [{ type: inline.type, children: this.all(inline.children, inLink) }]
    }
  }

  #span(type: 'code' | 'math', text: string): Verbatim | undefined {
    const value = this.#putBack.spans.get(markOf(type, text))
    return value === undefined ? undefined : { type: 'verbatim', value }
  }

  /** In a cell a pipe ends the formula, and TeX has another name for it. */
  #formula(tex: string): PhrasingContent {
    const value = this.#context.includes('cell') ? tex.replace(/\\[\s\S]|\|/g, barless) : tex
    return { type: 'inlineMath', value }
  }

  #atom(number: number): PhrasingContent[] {
    const value = this.#putBack.atoms[number - 1]
    if (value === undefined) return []
    return [value === '\n' ? { type: 'break' } : { type: 'verbatim', value }]
  }

  #link(number: number, children: PhrasingContent[]): PhrasingContent[] {
    const target = this.#putBack.links[number - 1]
    if (target === undefined) return children
    if (target.type === 'link') return [{ ...target, children }]
    return [{ ...target, referenceType: 'full', children }]
  }
}

function barless(token: string): string {
  return token === '|' ? '\\vert ' : token
}

/**
 * Words in which an address stays readable, as code: GFM makes a link of one even where it is escaped, and every
 * link of the source is in the text by its number.
 */
function withoutAddresses(words: string): PhrasingContent[] {
  const line: Paragraph = { type: 'paragraph', children: [{ type: 'text', value: words }] }
  findAddresses({ type: 'root', children: [line] })
  return line.children.map((node) =>
    node.type === 'link' ? { type: 'inlineCode', value: wordsOf(node) } : node,
  )
}

/** Whether two neighbours would be read as one: code beside code, a formula beside a formula. */
function runsTogether(before: PhrasingContent | undefined, after: PhrasingContent): boolean {
  const [end, start] = [edgeOf(before)?.at(-1), edgeOf(after)?.at(0)]
  return end !== undefined && end === start && '`$~'.includes(end)
}

function edgeOf(node: PhrasingContent | undefined): string | undefined {
  if (node?.type === 'verbatim') return node.value
  if (node?.type === 'inlineCode') return '`'
  return node?.type === 'inlineMath' ? '$' : undefined
}

function verbatim(node: Verbatim): string {
  return node.value
}
verbatim.peek = (node: Verbatim): string => node.value.charAt(0)

const options: Options = {
  // An address between `<>` is not always read back as the link that it was.
  resourceLink: true,
  extensions: [gfmToMarkdown({ tableCellPadding: false }), mathToMarkdown()],
  handlers: { verbatim },
  unsafe: [
    // What other programs read in a paragraph: MDX and templates `{`, Docusaurus `:::`, MkDocs `!!!` and `???`,
    // front matter `+++`, MDX modules.
    {
      character: '{',
      inConstruct: 'phrasing',
      notInConstruct: ['autolink', 'destinationLiteral', 'destinationRaw', 'reference', 'titleQuote'],
    },
    { atBreak: true, character: ':', after: '::' },
    { atBreak: true, character: '!', after: '!!' },
    { atBreak: true, character: '?', after: '\\?\\?' },
    { atBreak: true, character: '+', after: '\\+\\+' },
    { atBreak: true, character: 'i', after: 'mport[ {]' },
    { atBreak: true, character: 'e', after: 'xport ' },
  ],
}
