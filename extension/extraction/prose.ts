import {
  type Atom,
  blockLimits,
  type Inline,
  normalizeInline,
  type ProseBlock,
  type ProseKind,
  serializeInline,
  walkInline,
} from '@lectern/shared'
import type { ExtractedProse, ProseRun } from './extracted-lesson.ts'
import type { InlineContent } from './inline-content.ts'

/** The most atoms of a block, as its schema says. */
const MOST_ATOMS = 200

/**
 * A run's content as a prose block whose links, atoms, codes, formulas and emphases are numbered in the order of
 * its text. `undefined` for what is past the limits of a block: it stays on the page as it is.
 */
export function proseOf(
  run: ProseRun,
  content: InlineContent,
  kind: ProseKind,
  level: number | undefined,
): ExtractedProse | undefined {
  const parts = new PartList(content)
  const text = serializeInline(normalizeInline(content.inlines))
  if (text === '' || text.length > blockLimits.prose || parts.atoms.length > MOST_ATOMS) return undefined
  const block: ProseBlock = { kind, text }
  if (kind === 'heading') block.level = level ?? 1
  if (parts.legends.length > 0) block.atoms = parts.legends
  const { links, atoms, codes, formulas, rawFormulas, emphases } = parts
  return { block, run, links, atoms, codes, formulas, rawFormulas, emphases, furniture: content.furniture }
}

/** Numbers links and atoms and lists every element, parents before their children as in the text. */
class PartList {
  readonly links: Element[] = []
  readonly atoms: Element[] = []
  readonly legends: Atom[] = []
  readonly codes: ExtractedProse['codes'] = []
  readonly formulas: ExtractedProse['formulas'] = []
  readonly rawFormulas: ExtractedProse['rawFormulas'] = []
  readonly emphases: ExtractedProse['emphases'] = []

  constructor(content: InlineContent) {
    for (const inline of walkInline(content.inlines)) {
      const element = content.elements.get(inline)
      if (element !== undefined) this.#add(inline, element, content.legends.get(inline))
      else if (inline.type === 'math')
        this.rawFormulas.push({ tex: inline.tex, text: content.raws.get(inline) ?? inline.tex })
    }
  }

  #add(inline: Inline, element: Element, legend: Atom | undefined): void {
    switch (inline.type) {
      case 'link':
        inline.number = this.links.push(element)
        return
      case 'atom':
        inline.number = this.atoms.push(element)
        if (legend !== undefined) this.legends.push(legend)
        return
      case 'code':
        this.codes.push({ text: inline.text, element })
        return
      case 'math':
        this.formulas.push({ tex: inline.tex, element })
        return
      case 'emphasis':
      case 'strong':
        this.emphases.push({ type: inline.type, element })
    }
  }
}
