import type { ProseKind } from '@lectern/shared'

/** What prose is where the walk stands: given by the nearest container that gives prose a kind. */
export type Context = {
  kind: ProseKind
  /** Of a heading. */
  level?: number
  /** What prose after the container's first is; else as the first. */
  later?: ProseKind
  /** Whether a block has come out of the container yet. */
  used: boolean
  /** Within a figure or a table, which are taken whole: only prose is looked for. */
  within?: 'figure' | 'table'
}

const ADMONITIONS = new Set(
  (
    'admonition admonitionblock alert callout callout-block caution danger hint important note tip warning attention ' +
    'error info notice custom-block textbox theme-admonition markdown-alert starlight-aside nextra-callout ' +
    'messagebox mbox sidebar sidenote marginnote topic seealso versionadded versionchanged deprecated ltx_theorem ' +
    'theorem-like remark-like example-like definition-like axiom-like proof-like exercise-like project-like ' +
    'assemblage-like aside-like computation-like openproblem-like goal-like bs-callout shadowbox learning-objectives ' +
    'theorem lemma corollary proposition definition example exercise proof remark rmdnote rmdtip rmdwarning ' +
    'rmdimportant rmdcaution refcontent SNote boxed callout-note callout-tip'
  ).split(' '),
)
/** Families of names: LibreTexts' `box-example`, R Markdown's `rmdtip`, Asciidoctor's `exampleblock`. */
const ADMONITION_NAME =
  /^(?:box-[a-z]+|rmd[a-z]+|callout-[a-z]+|alert-[a-z]+|hint-[a-z]+|(?:example|sidebar)block)$/
const ADMONITION_TYPES = new Set(
  'note example exercise problem solution injected-exercise abstract'.split(' '),
)
const ADMONITION_ROLES = /^(?:note|doc-tip|doc-notice|doc-example|doc-pullquote)$/

/** docutils sets a footnote as an aside. */
const FOOTNOTE = '.footnote, .footnote-list, [role=doc-footnote], [role=doc-endnotes]'

const CAPTIONS = new Set(
  (
    'caption wp-caption-text thumbcaption code-block-caption os-caption-container ltx_caption figcaption ' +
    'figure-caption image-caption table-caption listing-caption gallerytext'
  ).split(' '),
)
/** DocBook and Asciidoctor give figures, tables and listings a title beside them. */
const TITLED = /(?:^|\s)(?:figure|table|example|imageblock|listingblock|tableblock|literalblock)(?:\s|$)/

/** The context of what is inside an element, which stands in `outer`. */
export function contextWithin(element: Element, outer: Context): Context {
  const level = headingLevel(element)
  if (level !== undefined) return headingContext(level, outer)
  if (outer.within !== undefined && !isCaption(element)) return outer
  const context = contextOfTag(element) ?? contextOfClass(element)
  return context === undefined ? outer : { ...context, ...(outer.within && { within: outer.within }) }
}

/** 1 to 6; `undefined` for what is no heading. */
export function headingLevel(element: Element): number | undefined {
  const level = /^h([1-6])$/.exec(element.localName)?.[1]
  if (level !== undefined) return Number(level)
  if (element.getAttribute('role') !== 'heading') return undefined
  return Math.min(6, Math.max(1, Number(element.getAttribute('aria-level')) || 2))
}

/** The title of a box is of the box: as a heading it would take what follows the box under itself. */
function headingContext(level: number, outer: Context): Context {
  const isBoxTitle = outer.kind === 'admonition' && !outer.used && level >= 3
  if (outer.within !== undefined || isBoxTitle) return outer
  return { kind: 'heading', level, used: false }
}

function contextOfTag(element: Element): Context | undefined {
  switch (element.localName) {
    case 'li':
      return { kind: 'list_item', later: 'paragraph', used: false }
    case 'dt':
    case 'dd':
      return { kind: 'definition', used: false }
    case 'blockquote':
      return { kind: isAdmonition(element) ? 'admonition' : 'quote', used: false }
    case 'figcaption':
    case 'caption':
      return { kind: 'caption', used: false }
    case 'details':
      return { kind: 'admonition', used: false }
    case 'aside':
      return element.matches(FOOTNOTE) ? undefined : { kind: 'admonition', used: false }
    default:
      return undefined
  }
}

function contextOfClass(element: Element): Context | undefined {
  if (isCaption(element)) return { kind: 'caption', used: false }
  return isAdmonition(element) ? { kind: 'admonition', used: false } : undefined
}

function isCaption(element: Element): boolean {
  if (element.localName === 'figcaption' || element.localName === 'caption') return true
  if ([...element.classList].some((name) => CAPTIONS.has(name))) return true
  return element.classList.contains('title') && TITLED.test(element.parentElement?.className ?? '')
}

function isAdmonition(element: Element): boolean {
  if (ADMONITION_ROLES.test(element.getAttribute('role') ?? '')) return true
  if (ADMONITION_TYPES.has(element.getAttribute('data-type') ?? '')) return true
  return [...element.classList].some((name) => ADMONITIONS.has(name) || ADMONITION_NAME.test(name))
}
