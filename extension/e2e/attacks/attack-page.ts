import { isProse, type ProseKind } from '@lectern/shared'
import { isMathAttribute, mathNames } from '../../../shared/src/typesetting/math-node.ts'
import { typesetTex } from '../../../shared/src/typesetting/typeset-tex.ts'
import { extractLesson } from '../../extraction/extract-lesson.ts'
import { mathElement } from '../../rendering/math-element.ts'
import { createTestClone } from '../../rendering/testing/test-clone.ts'

/** What came of attacks: how many texts were shown in how many places, and what appeared that must not. */
export type AttackResult = {
  texts: number
  shown: number
  typeset: number
  strange: string[]
  fired: string[]
}

declare global {
  interface Window {
    attack: AttackPage
    fired: string[]
    isReady?: boolean
  }
}

/** The elements that are made for a rewrite, with the attributes that they may have beside ours, `lang` and `dir`. */
const made: Readonly<Record<string, RegExp>> = {
  em: /^$/,
  strong: /^$/,
  code: /^$/,
  bdi: /^$/,
  span: /^$/,
  p: /^$/,
  details: /^$/,
  summary: /^$/,
  div: /^(?:role=note|aria-label=[\w ,]+)$/,
}
const html = 'http://www.w3.org/1999/xhtml'
const mathml = 'http://www.w3.org/1998/Math/MathML'
/** A rewrite nests a link, weight, emphasis and code in its block, whatever it says. */
const deepest = 5
/** So many say what is wrong. */
const mostStrange = 5

/** Shows texts in every block of the page's lesson, as the words of a rewrite and as additions. */
class AttackPage {
  readonly #lesson = extractLesson(document.getElementsByTagName('article')[0] as Element)
  readonly #clone = createTestClone(this.#lesson, { typesetTex: (tex) => this.#typeset(tex) })
  readonly #own: Set<string>
  readonly #depth: number
  /** The copies of the page's own elements that stood there before anything was shown. */
  readonly #first: WeakSet<Element>
  #typesetCount = 0

  constructor() {
    this.#clone.show()
    const elements = this.#elements
    // A copy that stands beside what it was copied from has no id.
    this.#own = new Set(elements.flatMap((element) => [signatureOf(element), signatureOf(element, 'id')]))
    this.#first = new WeakSet(elements)
    this.#depth = this.#deepest(elements.slice(1))
    // After it, whatever loads, runs or fails is of a text.
    setTimeout(() => {
      window.isReady = true
    }, 200)
  }

  get kinds(): ProseKind[] {
    return [
      ...new Set(this.#lesson.blocks.flatMap(({ block }) => (isProse(block) ? [block.kind] : []))),
    ].sort()
  }

  /** Shows each text from its beginning, one character more at a time or, with `whole`, all at once. */
  run(texts: readonly string[], { whole, rtl }: { whole: boolean; rtl: boolean }): AttackResult {
    this.#clone.reset()
    this.#clone.setLanguage(rtl ? 'ur' : 'en', rtl ? 'rtl' : 'ltr')
    this.#typesetCount = 0
    const result = { texts: 0, shown: 0, strange: [] as string[] }
    const indices = this.#indices(whole)
    for (const text of texts)
      for (let end = whole ? text.length : 1; end <= text.length; end++) {
        const shown = text.slice(0, end)
        result.texts += 1
        result.shown += this.#show(shown, indices)
        for (const strange of this.#strange(shown, end === text.length))
          result.strange.push(`${JSON.stringify(shown)}: ${strange}`)
        this.#clone.removeAdditions()
        if (result.strange.length > mostStrange) return this.#resultOf(result)
      }
    return this.#resultOf(result)
  }

  #resultOf(result: Pick<AttackResult, 'texts' | 'shown' | 'strange'>): AttackResult {
    return { ...result, typeset: this.#typesetCount, fired: window.fired }
  }

  #show(text: string, indices: readonly number[]): number {
    for (const index of indices) this.#clone.applyBlock(index, { status: 'rewritten', inline: text })
    const after = text.length % this.#lesson.blocks.length
    this.#clone.addAddition({ after: -1, kind: 'example', inline: text })
    this.#clone.addAddition({ after, kind: 'check', inline: `Is $${text}$ so?`, answer: text })
    return indices.length + 3
  }

  /** The prose blocks: all or, as many texts differ by a character alone, one of each kind. */
  #indices(all: boolean): number[] {
    const kinds = new Set<ProseKind>()
    return [...this.#lesson.blocks.entries()].flatMap(([index, { block }]) => {
      if (!isProse(block) || (!all && kinds.has(block.kind))) return []
      kinds.add(block.kind)
      return index
    })
  }

  get #elements(): Element[] {
    return [this.#clone.shown, ...this.#clone.shown.querySelectorAll('*')]
  }

  /** @param full whether also what stood there before is looked at */
  #strange(text: string, full: boolean): string[] {
    // The lesson's own element has the name of the page's font, too, where that has not all letters.
    const [root, ...elements] = this.#elements
    const looked = full ? elements : elements.filter((element) => !this.#first.has(element))
    const strange = looked.filter((element) => !this.#mayStand(element)).map(signatureOfStrange)
    const ids = elements.flatMap((element) => element.getAttribute('id') ?? [])
    const styles = root?.getAttribute('style')?.replace(/^--lectern-page-font: [\w" ,-]+;$/, '') ?? ''
    if (styles !== '') strange.push(`the style ${styles}`)
    if (new Set(ids).size < ids.length) strange.push(`an id that stands twice among ${ids.join()}`)
    const depth = this.#deepest(elements)
    if (depth > this.#depth + deepest) strange.push(`depth ${depth}`)
    if (elements.length > this.#own.size * 3 + 40 * text.length) strange.push(`${elements.length} elements`)
    return strange
  }

  #mayStand(element: Element): boolean {
    if (this.#own.has(signatureOf(element))) return true
    const attributes = attributesOf(element)
    if (element.namespaceURI === mathml)
      return (
        (mathNames as readonly string[]).includes(element.localName) &&
        attributes.every(([name, value]) => name === 'data-lectern-math' || isMathAttribute(name, value))
      )
    const allowed = made[element.localName]
    const others = attributes.filter(([name]) => !name.startsWith('data-lectern-'))
    // The place of an author's element that the rewrite leaves out, for links to it.
    if (others.length === 1 && element.localName === 'span' && others[0]?.[0] === 'id')
      return this.#lesson.root.querySelector(`[id="${CSS.escape(others[0][1])}"]`) !== null
    return (
      element.namespaceURI === html &&
      allowed !== undefined &&
      others.every(([name, value]) => allowed.test(`${name}=${value}`))
    )
  }

  /** How deep the deepest of these, in the order of the document, stands below the first; without formulas. */
  #deepest(elements: readonly Element[]): number {
    const depths = new Map<Element | null, number>()
    let most = 0
    for (const element of elements) {
      if (element.namespaceURI === mathml) continue
      const depth = (depths.get(element.parentElement) ?? 0) + 1
      if (element.firstElementChild !== null) depths.set(element, depth)
      most = Math.max(most, depth)
    }
    return most
  }

  #typeset(tex: string): Element | undefined {
    const math = typesetTex(tex)
    if (math !== undefined) this.#typesetCount += 1
    return math && mathElement(document, math)
  }
}

/** An element's attributes but `lang` and `dir`, which each rewrite sets. */
function attributesOf(element: Element): [string, string][] {
  return element
    .getAttributeNames()
    .filter((name) => name !== 'lang' && name !== 'dir')
    .map((name) => [name, element.getAttribute(name) ?? ''])
}

/** What an element is, without what a rewrite may set of any. */
function signatureOf(element: Element, without?: string): string {
  const kept = attributesOf(element).filter(
    ([name]) => name !== without && !/^data-lectern-(?:arrived|pending|flipped)$/.test(name),
  )
  return `${element.namespaceURI} ${element.localName} ${kept
    .map((pair) => pair.join('='))
    .sort()
    .join(' ')}`
}

function signatureOfStrange(element: Element): string {
  return signatureOf(element).slice(0, 300)
}

window.attack = new AttackPage()
