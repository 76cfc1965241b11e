/** What a list of a page's own sections is headed by. */
const CONTENTS =
  /^(?:(?:table of )?contents|on this page|[io]n this (?:page|chapter|section|lesson|article)|toc)\W*$/i
const HEADINGS = 'h1, h2, h3, h4, h5, h6'
const TOC = '#markdown-toc, .toc, .tableofcontents, #toc'

/**
 * Lists that are nothing but links to find one's way by: to the page's own sections, under a heading that says so and
 * is left out too, and to other pages, before the page's title.
 */
export function linkLists(root: Element): Element[] {
  return [...contentsLists(root), ...listsBeforeTitle(root)]
}

function contentsLists(root: Element): Element[] {
  return [...root.querySelectorAll(HEADINGS)].flatMap((heading) => {
    if (!CONTENTS.test(heading.textContent.trim())) return []
    const next = heading.nextElementSibling
    if (next === null) return []
    if (next.matches(TOC)) return [heading]
    return /^[uo]l$/.test(next.localName) && isLinks(next, (href) => href.startsWith('#'))
      ? [heading, next]
      : []
  })
}

function listsBeforeTitle(root: Element): Element[] {
  const title = root.querySelector('h1')
  if (title === null) return []
  const isBefore = (list: Element) => (list.compareDocumentPosition(title) & 4) !== 0 && !list.contains(title)
  const found: Element[] = []
  for (const list of root.querySelectorAll('ul, ol')) {
    if (!isBefore(list)) break
    if (isLinks(list, (href) => !href.startsWith('#'))) found.push(list)
  }
  return found
}

/** Whether a list holds two links or more that go where they must, and no words beside them. */
function isLinks(list: Element, leads: (href: string) => boolean): boolean {
  const links = [...list.querySelectorAll('a[href]')]
  if (links.length < 2 || !links.every((link) => leads(link.getAttribute('href') ?? ''))) return false
  const linked = links.reduce((sum, link) => sum + countLetters(link), 0)
  return linked === countLetters(list)
}

export function countLetters(element: Element): number {
  return element.textContent.match(/\p{L}/gu)?.length ?? 0
}
