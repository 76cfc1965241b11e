import type { OutlineEntry } from './book-outline.ts'
import { lessonAddress } from './lesson-address.ts'
import { longestOutline, longestTitle } from './outline-limits.ts'
import { isWords, oneLine, pageOf, wordsOf } from './page-link.ts'

/** What makes the entries in it stand deeper than those beside it. */
const DEEPER = 'ul, ol, menu, dl, details, section, [role=group], [role=list], [role=tree]'
/** What a title belongs to. */
const OWNER = 'li, details, section, [role=group], [role=treeitem]'

type Found = { title: string; depth: number; url?: string }

/** Reads a navigation from top to bottom: its pages, each once, and the titles that have pages below them. */
export function readNavigation(navigation: Element, url: string): OutlineEntry[] {
  const found = withoutEmptyTitles(find(navigation, url))
  const open: number[] = []
  return found.map(({ depth, ...entry }) => {
    while (open.length > 0 && (open.at(-1) ?? 0) >= depth) open.pop()
    open.push(depth)
    return { ...entry, level: open.length - 1 }
  })
}

/** Bounds the reading of a navigation that is none. */
const MOST_FOUND = 4 * longestOutline

function find(navigation: Element, url: string): Found[] {
  const found: Found[] = []
  const pages = new Set<string>()
  /** What the last title belongs to, while more words may follow. */
  let titled: Element | undefined

  function addPage(link: Element): void {
    const page = isSwitch(link) ? undefined : pageOf(link, url)
    const address = page === undefined ? undefined : lessonAddress(page)
    const title = wordsOf(link)
    if (page === undefined || address === undefined || pages.has(address) || title === '') return
    pages.add(address)
    found.push({ title, depth: depthOf(link, navigation), url: page })
    titled = undefined
  }

  function addWords(text: Node): void {
    const words = oneLine(text.nodeValue ?? '')
    const last = found.at(-1)
    // A label for the eye and one for the screen reader say the same.
    if (words === '' || last?.title.endsWith(words) || !isWords(text, url) || isOfPage(text, url)) return
    const owner = ownerOf(text, navigation)
    if (last !== undefined && titled === owner) last.title = `${last.title} ${words}`.slice(0, longestTitle)
    else found.push({ title: words.slice(0, longestTitle), depth: titleDepth(text, owner, navigation) })
    titled = owner
  }

  const shown = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT
  const walker = navigation.ownerDocument.createTreeWalker(navigation, shown)
  for (let node = walker.nextNode(); node !== null && found.length < MOST_FOUND; node = walker.nextNode()) {
    if (!(node instanceof Element)) addWords(node)
    else if (node.localName === 'a') addPage(node)
  }
  return found
}

/** Generators with folding chapters make their titles links to nowhere. */
function isSwitch(link: Element): boolean {
  return link.getAttribute('role') === 'button' && (link.getAttribute('href') ?? '').startsWith('#')
}

/** Whether the words are those of a link to a page, which has its entry. */
function isOfPage(text: Node, url: string): boolean {
  const link = text.parentElement?.closest('a[href]')
  return link != null && !isSwitch(link) && pageOf(link, url) !== undefined
}

function ownerOf(text: Node, navigation: Element): Element {
  const owner = text.parentElement?.closest(OWNER)
  return owner != null && navigation.contains(owner) && owner !== navigation
    ? owner
    : (text.parentElement ?? navigation)
}

function depthOf(element: Element, navigation: Element): number {
  let depth = 0
  for (let at: Element | null = element; at !== null && at !== navigation; at = at.parentElement)
    if (at.matches(DEEPER)) depth++
  return depth
}

/** A title stands above what its element holds, or else above what follows it. */
function titleDepth(text: Node, owner: Element, navigation: Element): number {
  const depth = depthOf(text.parentElement ?? navigation, navigation)
  const holds = owner.matches(OWNER) && owner.querySelector('a[href]') !== null
  if (!holds) return depth - 0.5
  return owner.matches(DEEPER) ? depth - 1 : depth
}

/** A title without a page below it is a note or a button. */
function withoutEmptyTitles(found: Found[]): Found[] {
  return found.filter(({ url, depth }, i) => {
    if (url !== undefined) return true
    const end = found.findIndex((other, k) => k > i && other.depth <= depth)
    return found.slice(i + 1, end === -1 ? undefined : end).some((other) => other.url !== undefined)
  })
}
