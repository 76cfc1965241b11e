import {
  type Atom,
  type AtomType,
  type FixedKind,
  fixedKinds,
  type Inline,
  normalizeInline,
  type ProseKind,
  serializeInline,
} from '@lectern/shared'
import type {
  ExtractedBlock,
  ExtractedFixed,
  ExtractedLesson,
  ExtractedProse,
} from '../../extraction/extracted-lesson.ts'
import { findRawTex } from '../../extraction/math/raw-tex.ts'

const atomTypes: Record<string, AtomType> = {
  img: 'image',
  sup: 'footnote',
  sub: 'subscript',
  kbd: 'key',
  br: 'line_break',
}
const inlineNames = new Set('a em i strong b code span img sup sub kbd br input svg button'.split(' '))

/**
 * Extracts a lesson whose page says itself what is what: `data-block="paragraph"` on the parent of a run,
 * `data-tex` on a formula, `data-furniture` on what is no text. A test's lesson needs no site family.
 */
export function extractMarked(root: Element): ExtractedLesson {
  const marked = [...root.querySelectorAll('[data-block]')]
  const { lang } = root.ownerDocument.documentElement
  return { root, title: 'Lesson', language: lang === '' ? 'en' : lang, blocks: marked.flatMap(blocksOf) }
}

function blocksOf(element: Element): ExtractedBlock[] {
  const kind = element.getAttribute('data-block') as ProseKind | FixedKind
  if ((fixedKinds as readonly string[]).includes(kind))
    return [{ block: { kind, text: element.textContent }, element } as ExtractedFixed]
  return runsOf(element).map((run) => proseOf(kind as ProseKind, element, run))
}

/** The maximal runs of inline nodes; a list in an item ends one. */
function runsOf(element: Element): ChildNode[][] {
  const runs: ChildNode[][] = [[]]
  for (const node of element.childNodes) {
    const isInline = node.nodeType !== node.ELEMENT_NODE || inlineNames.has((node as Element).localName)
    if (isInline && !(node as Element).hasAttribute?.('data-block')) runs.at(-1)?.push(node)
    else runs.push([])
  }
  return runs.filter((run) => run.some((node) => node.textContent?.trim() !== ''))
}

function proseOf(kind: ProseKind, parent: Element, run: ChildNode[]): ExtractedProse {
  const prose: ExtractedProse = {
    block: { kind, text: '' },
    run: { parent, first: run[0] as ChildNode, last: run.at(-1) as ChildNode },
    links: [],
    atoms: [],
    codes: [],
    formulas: [],
    rawFormulas: [],
    emphases: [],
    furniture: [],
  }
  const atoms: Atom[] = []
  const inlines = run.flatMap((node) => inlineOf(node, prose, atoms))
  prose.block.text = serializeInline(normalizeInline(inlines))
  if (atoms.length > 0) prose.block.atoms = atoms
  return prose
}

function inlineOf(node: Node, prose: ExtractedProse, atoms: Atom[]): Inline[] {
  if (node.nodeType === node.TEXT_NODE) {
    const text = node.nodeValue ?? ''
    for (const { tex, start, end } of findRawTex(text))
      prose.rawFormulas.push({ tex: tex.trim(), text: text.slice(start, end) })
    return [{ type: 'text', text }]
  }
  if (node.nodeType !== node.ELEMENT_NODE) return []
  const element = node as Element
  if (element.hasAttribute('data-furniture')) {
    prose.furniture.push(element)
    return []
  }
  const tex = element.getAttribute('data-tex')
  if (tex !== null) {
    prose.formulas.push({ tex, element })
    return [{ type: 'math', tex }]
  }
  return namedInline(element, prose, atoms)
}

function namedInline(element: Element, prose: ExtractedProse, atoms: Atom[]): Inline[] {
  const name = element.localName
  const text = element.textContent ?? ''
  if (name === 'code') {
    prose.codes.push({ text, element })
    return [{ type: 'code', text }]
  }
  const atom = atomTypes[name]
  if (atom !== undefined) {
    atoms.push({ type: atom, text })
    return [{ type: 'atom', number: prose.atoms.push(element) }]
  }
  const number = name === 'a' ? prose.links.push(element) : 0
  const emphasis = { em: 'emphasis', i: 'emphasis', strong: 'strong', b: 'strong' }[name] as
    | 'emphasis'
    | 'strong'
    | undefined
  if (emphasis !== undefined) prose.emphases.push({ type: emphasis, element })
  const children = [...element.childNodes].flatMap((child) => inlineOf(child, prose, atoms))
  if (number > 0) return [{ type: 'link', number, children }]
  return emphasis === undefined ? children : [{ type: emphasis, children }]
}
