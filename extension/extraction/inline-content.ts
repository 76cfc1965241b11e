import {
  type Atom,
  type AtomType,
  blockLimits,
  cleanLine,
  type Inline,
  normalizeInline,
} from '@lectern/shared'
import { listingText } from './code/listing.ts'
import { bareTex, findRawTex } from './math/raw-tex.ts'
import { childrenOf, isElement, isText } from './nodes.ts'
import { isPermalinkGlyph } from './skipped.ts'
import type { Survey } from './survey.ts'

/** Marks nested deeper than this are no author's; below it only the words count. */
const DEEPEST = 24

const EMPHASIS = new Set(['em', 'i', 'cite', 'dfn', 'var', 'u'])
const STRONG = new Set(['strong', 'b'])
const CODE = new Set(['code', 'tt', 'samp'])
/** What LaTeXML, TeX4ht and Sphinx make of emphasis, and what has a style of its own, as Scribble's and word processors'. */
const EMPHASIS_SPANS =
  '.ltx_font_italic, .ltx_font_slanted, [class^="cmti-"], [class^="ecti-"], [style*="font-style" i]'
const STRONG_SPANS =
  '.ltx_font_bold, [class^="cmbx-"], [class^="ecbx-"], .guilabel, .menuselection, [style*="font-weight" i]'
/** What coqdoc, LaTeXML and HeVeA make of inline code. */
const CODE_SPANS = '.inlinecode, .ltx_font_typewriter, .font-tt'
const ATOMS: ReadonlyMap<string, AtomType> = new Map([
  ['kbd', 'key'],
  ['sub', 'subscript'],
  ['sup', 'superscript'],
  ['ins', 'inserted'],
  ['del', 'deleted'],
  ['s', 'deleted'],
  ['strike', 'deleted'],
  ['mark', 'marked'],
  ['ruby', 'other'],
  ['meter', 'other'],
  ['progress', 'other'],
])
const KEYS = '.keys, .keyseq, .menuseq, .key-combination'
const FOOTNOTES = [
  'a.footnote-ref, a.footnote-reference, a.footnote, a[role=doc-noteref], a[data-footnote-ref], a.fn, a.noteref',
  'a[href^="#fn"], a[href^="#footnote"], a[href^="#_ftn"], a[href*="#cite_note"], a[href*="#ftn."]',
  'sup.reference, sup.footnote-ref, sup.footnote-reference, sup.footnote, span.ltx_note, a.ptx-footnote',
].join()

/** The elements that footnotes' marks are. */
const MARKS = new Set(['a', 'sup', 'span'])

type Inside = { emphasis: boolean; strong: boolean; link: boolean }

/** What the inline nodes of a run are, in order, with the element that each came from. */
export type InlineContent = {
  inlines: Inline[]
  /** The element of each emphasis, link, code, formula and atom; raw TeX has none. */
  elements: Map<Inline, Element>
  /** Each formula that no typesetter has set: as it stands in the text, delimiters and all. */
  raws: Map<Inline, string>
  /** The legend of each atom. */
  legends: Map<Inline, Atom>
  /** Elements within the run that are in no text: permalinks, anchors without text, icons. */
  furniture: Element[]
}

/** Reads nodes as inline text. What has no words is dropped here, so that everything else keeps its place. */
export function readInline(nodes: Iterable<Node>, survey: Survey): InlineContent {
  const reader = new InlineReader(survey)
  const inlines = trimEdges(reader.readAll(nodes, { emphasis: false, strong: false, link: false }, 0))
  const { elements, raws, legends, furniture } = reader
  return { inlines: withoutFrame(inlines, elements), elements, raws, legends, furniture }
}

/** A styled span around everything sets nothing off: it stays around whatever the words become. */
function withoutFrame(inlines: Inline[], elements: ReadonlyMap<Inline, Element>): Inline[] {
  const [only, ...others] = inlines
  if (only === undefined || others.length > 0 || !('children' in only) || only.type === 'link') return inlines
  return elements.get(only)?.localName === 'span' ? withoutFrame(trimEdges(only.children), elements) : inlines
}

/** Takes blanks off both ends, no-break spaces too: themes part a heading's number from its words with them. */
function trimEdges(inlines: Inline[]): Inline[] {
  const isBlank = (inline: Inline) => inline.type === 'text' && inline.text.trim() === ''
  const start = inlines.findIndex((inline) => !isBlank(inline))
  const trimmed =
    start === -1 ? [] : inlines.slice(start, inlines.findLastIndex((inline) => !isBlank(inline)) + 1)
  const [first, last] = [trimmed[0], trimmed.at(-1)]
  if (first?.type === 'text') first.text = first.text.trimStart()
  if (last?.type === 'text') last.text = last.text.trimEnd()
  return trimmed
}

/** Joins texts as they come: joining them later costs the square of their number. */
function append(inlines: Inline[], inline: Inline): void {
  const last = inlines.at(-1)
  if (last?.type === 'text' && inline.type === 'text') last.text += inline.text
  else inlines.push(inline)
}

class InlineReader {
  readonly elements = new Map<Inline, Element>()
  readonly raws = new Map<Inline, string>()
  readonly legends = new Map<Inline, Atom>()
  readonly furniture: Element[] = []
  readonly #survey: Survey

  constructor(survey: Survey) {
    this.#survey = survey
  }

  readAll(nodes: Iterable<Node>, inside: Inside, depth: number): Inline[] {
    const inlines: Inline[] = []
    for (const node of nodes) for (const inline of this.#read(node, inside, depth)) append(inlines, inline)
    return inlines
  }

  #read(node: Node, inside: Inside, depth: number): Inline[] {
    if (isText(node)) return this.#text(node.data)
    if (!isElement(node)) return []
    const before = this.furniture.length
    const inlines = this.#readElement(node, inside, depth)
    if (!hasWords(inlines)) this.furniture.splice(before, Infinity, node)
    return inlines
  }

  #readElement(element: Element, inside: Inside, depth: number): Inline[] {
    const role = this.#survey.roleOf(element)
    if (role === 'skip') return []
    if (role === 'formula') return this.#formula(element)
    if (depth > DEEPEST) return this.#text(element.textContent)
    const name = element.localName
    if (name === 'br') return this.#atom(element, 'line_break', '')
    if (name === 'img' || name === 'svg' || name === 'picture') return this.#image(element)
    if (MARKS.has(name) && element.matches(FOOTNOTES)) return this.#footnote(element)
    if (CODE.has(name)) return this.#code(element)
    if (name === 'span' && element.matches(CODE_SPANS)) return this.#code(element)
    if (name === 'span' && element.matches(KEYS)) return this.#atom(element, 'key', element.textContent)
    const atom = ATOMS.get(name)
    if (atom !== undefined && !isReadersMark(element)) return this.#textAtom(element, atom)
    return this.#parent(element, name, inside, depth)
  }

  #parent(element: Element, name: string, inside: Inside, depth: number): Inline[] {
    if (name === 'a' && element.hasAttribute('href')) return this.#link(element, inside, depth)
    const emphasis = emphasisOf(element)
    if (emphasis !== undefined) return this.#emphasis(element, emphasis, inside, depth)
    const children = this.readAll(childrenOf(element), inside, depth + 1)
    if (name === 'q' && hasWords(children)) return [text('“'), ...children, text('”')]
    // A cell of a table is read whole: its paragraphs must not run together.
    return this.#survey.roleOf(element) === 'block' ? [text(' '), ...children, text(' ')] : children
  }

  /** The words of a text and the formulas that stand in it as raw TeX. */
  #text(data: string): Inline[] {
    const inlines: Inline[] = []
    let at = 0
    for (const { tex, start, end } of findRawTex(data, this.#survey.dollars)) {
      if (start > at) inlines.push(text(data.slice(at, start)))
      for (const math of readTex(this.#survey.texOf(bareTex(tex)))) {
        this.raws.set(math, data.slice(start, end))
        inlines.push(math)
      }
      at = end
    }
    if (at < data.length) inlines.push(text(data.slice(at)))
    return inlines
  }

  #link(element: Element, inside: Inside, depth: number): Inline[] {
    const children = this.readAll(childrenOf(element), { ...inside, link: true }, depth + 1)
    if (inside.link) return children
    if (
      !hasWords(children) ||
      (isPermalinkGlyph(element) && children.every((child) => child.type === 'text'))
    )
      return blanksOf(children)
    return this.#keep({ type: 'link', number: 0, children }, element)
  }

  #emphasis(element: Element, type: 'emphasis' | 'strong', inside: Inside, depth: number): Inline[] {
    const children = this.readAll(childrenOf(element), { ...inside, [type]: true }, depth + 1)
    if (inside[type] || !hasWords(children)) return children
    return this.#keep({ type, children }, element)
  }

  #code(element: Element): Inline[] {
    const code = cleanLine(listingText(element))
    return code === '' ? [] : this.#keep({ type: 'code', text: code }, element)
  }

  #formula(element: Element): Inline[] {
    const formula = this.#survey.formulaOf(element)
    const [math] = formula?.tex === undefined ? [] : readTex(formula.tex)
    if (math !== undefined) return this.#keep(math, element)
    return formula === undefined || formula.text === '' ? [] : this.#atom(element, 'formula', formula.text)
  }

  #image(element: Element): Inline[] {
    const description = imageDescription(element)
    return description === undefined ? [] : this.#atom(element, 'image', description)
  }

  /** LaTeXML has the note in one element with its mark, where its style sheet opens it. */
  #footnote(element: Element): Inline[] {
    const isWithNote = element.matches('.ltx_note')
    const mark = isWithNote ? element.querySelector(':scope > .ltx_note_mark') : element
    const words = mark?.textContent ?? ''
    return cleanLine(words) === '' ? [] : this.#atom(element, 'footnote', words)
  }

  /** A footnote's mark is often a link in a `sup`, and the mark is what matters. */
  #textAtom(element: Element, type: AtomType): Inline[] {
    if (cleanLine(element.textContent) === '') return []
    const isMark = type === 'superscript' && element.querySelector(FOOTNOTES) !== null
    return this.#atom(element, isMark ? 'footnote' : type, element.textContent)
  }

  #atom(element: Element, type: AtomType, words: string): Inline[] {
    const inline: Inline = { type: 'atom', number: 0 }
    this.legends.set(inline, { type, text: atomText(words) })
    return this.#keep(inline, element)
  }

  #keep(inline: Inline, element: Element): Inline[] {
    this.elements.set(inline, element)
    return [inline]
  }
}

/** How an element sets off its words from those beside it. */
function emphasisOf(element: Element): 'emphasis' | 'strong' | undefined {
  const name = element.localName
  // A whole reference, in which the title is what is set off.
  if (name === 'cite' && element.querySelector('i, em, cite') !== null) return undefined
  if (EMPHASIS.has(name)) return 'emphasis'
  if (STRONG.has(name)) return 'strong'
  if (name !== 'span') return undefined
  const style = element.getAttribute('style') ?? ''
  if (element.matches(STRONG_SPANS) && !/font-weight:(?!\s*(?:bold|[6-9]\d\d))/i.test(style)) return 'strong'
  if (element.matches(EMPHASIS_SPANS) && !/font-style:(?!\s*(?:italic|oblique))/i.test(style))
    return 'emphasis'
  return undefined
}

/** What a reader highlighted, or searched for: what a script marks it keeps its data at, beside those of frameworks. */
function isReadersMark(element: Element): boolean {
  if (element.localName !== 'mark') return false
  return element.getAttributeNames().some((name) => /^data-(?!v-|astro-)/.test(name))
}

function atomText(words: string): string {
  const line = cleanLine(words)
  return line.length <= blockLimits.atom ? line : line.slice(0, blockLimits.atom).toWellFormed().trim()
}

function text(words: string): Inline {
  return { type: 'text', text: words }
}

/** TeX in the notation's own form, by which a rewrite's formulas are found again on the page. */
function readTex(tex: string): Inline[] {
  return normalizeInline([{ type: 'math', tex }])
}

/** Whether anything is there to read or to keep beside blanks. */
export function hasWords(inlines: readonly Inline[]): boolean {
  return inlines.some((inline) => {
    if (inline.type === 'text') return cleanLine(inline.text).trim() !== ''
    return 'children' in inline ? hasWords(inline.children) : true
  })
}

/** The blanks that a dropped link leaves between the words beside it. */
function blanksOf(inlines: readonly Inline[]): Inline[] {
  return inlines.some((inline) => inline.type === 'text' && /\s/.test(inline.text)) ? [text(' ')] : []
}

/**
 * What an image shows in words: '' where the author does not say, `undefined` for a drawing without a name, which
 * is an icon.
 */
export function imageDescription(image: Element): string | undefined {
  if (image.localName === 'svg') {
    const name = image.getAttribute('aria-label') ?? image.querySelector(':scope > title')?.textContent
    return name?.trim() ? cleanLine(name) : undefined
  }
  const img = image.localName === 'img' ? image : image.querySelector('img')
  const alt = cleanLine(img?.getAttribute('alt') ?? '')
  // docutils writes the image's path where the author gave no text.
  return /^\S*\/?\S+\.(?:png|jpe?g|gif|svg|webp|avif)$/i.test(alt) ? '' : alt
}
