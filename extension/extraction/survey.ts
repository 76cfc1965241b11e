import { listingSelector } from './code/listing.ts'
import { type Formula, formulaAt, formulaCandidates } from './math/formula.ts'
import { displayFormulas, dollarsAreMath } from './math/raw-tex.ts'
import { canonicalTex } from './math/tex/canonical-tex.ts'
import { isText, safeQueryAll } from './nodes.ts'
import { selectEach, selectorList } from './select-each.ts'
import { findSkipped, skippedNames } from './skipped.ts'
import { isDataTable } from './table.ts'

/**
 * What an element is to the extraction. `skip` is in no text; `formula` to `embed` are taken whole; a `block`
 * holds blocks or runs of inline nodes; `inline` belongs to a run.
 */
export type Role = 'skip' | 'formula' | 'listing' | 'table' | 'figure' | 'embed' | 'block' | 'inline'

const BLOCK_TAGS = new Set(
  (
    'address article aside blockquote body caption center colgroup dd details dialog dir div dl dt fieldset ' +
    'figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup ' +
    'option p search section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
)

/** The one typesetter that leaves no TeX in the page, only MathML. */
const MATHJAX_3 = 'script[src*="mathjax" i][src*="/es5/"]'

const NAMED = {
  skipped: skippedNames,
  candidates: selectorList(formulaCandidates),
  listings: selectorList(listingSelector),
  embeds: selectorList(
    'iframe, video, audio, object, embed, canvas, model-viewer, math-field, .mermaid, .plotly-graph-div, .h5p-iframe',
  ),
  figures: selectorList(
    'figure, .figure, .os-figure, .wp-caption, .thumb, .imageblock, .ltx_figure, .mediaobject',
  ),
}
/** How a page's author marks it. */
const KEPT = '[data-lectern=keep]'

const MEDIA = 'img, svg, picture, video, canvas, object, iframe'

/** The role of every element of a lesson that the walk can meet, found in one pass over the lesson. */
export class Survey {
  /** Whether `$..$` in the page's text is a formula. */
  readonly dollars: boolean
  /** Whether the page's typesetter replaces formulas by others that mean the same. */
  readonly #respells: boolean
  readonly #roles = new Map<Element, Role>()
  readonly #formulas = new Map<Element, Formula>()
  /** Inline elements with a block inside, such as a link around a card: they are blocks then. */
  readonly #holders = new Set<Element>()
  readonly #named: Readonly<Record<keyof typeof NAMED, ReadonlySet<Element>>>
  readonly #skipped: ReadonlySet<Element>

  /** What stays word for word. */
  readonly #kept: readonly Element[]

  /** @param ignore selectors of what is left out besides; `keep` of what stays word for word besides */
  constructor(root: Element, ignore: readonly string[], keep: readonly string[] = []) {
    this.#kept = [
      ...(root.closest(KEPT) === null ? [] : [root]),
      ...[KEPT, ...keep].flatMap((selector) => safeQueryAll(root, selector)),
    ]
    this.dollars = dollarsAreMath(root.ownerDocument)
    this.#respells = root.ownerDocument.querySelector(MATHJAX_3) !== null
    this.#named = selectEach(root, NAMED)
    this.#skipped = findSkipped(root, this.#named.skipped, ignore)
    this.#visitAll(root)
  }

  roleOf(element: Element): Role {
    const role = this.#roles.get(element) ?? 'skip'
    return role === 'inline' && this.#holders.has(element) ? 'block' : role
  }

  formulaOf(element: Element): Formula | undefined {
    return this.#formulas.get(element)
  }

  /** TeX in the spelling that the page's typesetter, which may not have run yet, does not change. */
  texOf(tex: string): string {
    return this.#respells ? canonicalTex(tex) : tex
  }

  /** Whether a run of this parent stays word for word. */
  isKept(parent: Element): boolean {
    return this.#kept.some((kept) => kept.contains(parent))
  }

  /** Whether an element that is skipped stands between runs rather than within one. */
  breaksRun(element: Element): boolean {
    const role = this.roleOf(element)
    if (role === 'inline') return false
    if (role === 'skip') return BLOCK_TAGS.has(element.localName)
    return role !== 'formula' || this.formulaOf(element)?.display === true
  }

  /** In document order without recursion: a page may be ten thousand elements deep. */
  #visitAll(root: Element): void {
    let element: Element | null = root
    this.#roles.set(root, 'block')
    while (element !== null) {
      const down: Element | null = this.#isOpen(element) ? element.firstElementChild : null
      element = down ?? nextBeside(element, root)
      if (element !== null) this.#visit(element, root)
    }
  }

  #isOpen(element: Element): boolean {
    const role = this.#roles.get(element)
    return role === 'block' || role === 'inline' || role === 'table' || role === 'figure'
  }

  #visit(element: Element, root: Element): void {
    const role = this.#decide(element)
    this.#roles.set(element, role)
    if (role === 'inline' && holdsDisplayFormula(element, this.dollars)) this.#holders.add(element)
    if (!this.breaksRun(element) || this.#skipped.has(element)) return
    let parent = element.parentElement
    while (parent !== null && parent !== root && !this.#holders.has(parent)) {
      this.#holders.add(parent)
      parent = parent.parentElement
    }
  }

  #decide(element: Element): Role {
    if (this.#skipped.has(element)) return 'skip'
    if (this.#named.candidates.has(element)) {
      const formula = formulaAt(element)
      if (formula === 'shows nothing') return 'skip'
      if (formula !== undefined) {
        const { tex } = formula
        this.#formulas.set(element, tex === undefined ? formula : { ...formula, tex: this.texOf(tex) })
        return 'formula'
      }
    }
    if (this.#named.embeds.has(element)) return 'embed'
    if (this.#named.listings.has(element)) return 'listing'
    if (element.localName === 'table' || element.getAttribute('role') === 'table')
      return isDataTable(element) ? 'table' : 'block'
    if (this.#named.figures.has(element) && isFigure(element)) return 'figure'
    return BLOCK_TAGS.has(element.localName) || isChoice(element) ? 'block' : 'inline'
  }
}

/** As TeX among its own words; typesetters leave code alone. */
function holdsDisplayFormula(element: Element, dollars: boolean): boolean {
  for (let node = element.firstChild; node !== null; node = node.nextSibling)
    if (isText(node) && displayFormulas(node.data, dollars).length > 0)
      return element.closest('code, kbd, samp, tt') === null
  return false
}

function nextBeside(element: Element, root: Element): Element | null {
  let at: Element | null = element
  while (at !== null && at !== root) {
    if (at.nextElementSibling !== null) return at.nextElementSibling
    at = at.parentElement
  }
  return null
}

/** One of the answers that a question offers. */
function isChoice(element: Element): boolean {
  return (
    element.localName === 'label' && element.querySelector('input[type=radio], input[type=checkbox]') !== null
  )
}

/** A figure of a listing or a table is only their frame. */
function isFigure(element: Element): boolean {
  if (element.querySelector(MEDIA) === null || element.querySelector(listingSelector) !== null) return false
  return ![...element.querySelectorAll('table')].some(isDataTable)
}
