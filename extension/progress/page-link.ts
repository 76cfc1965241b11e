import { longestTitle } from './outline-limits.ts'

/** Pages of a site that are no lessons: its home, lists, what is on the book itself, and what is no page. */
const NO_LESSON =
  /^\/(?:index\.html?)?$|\/(?:genindex|py-modindex|contents|toc|search|print|404|tags?|categor(?:y|ies)|blog|log-?in|sign-?up|logout|sitemap|feed|contact|privacy|changelog|release-notes|licen[cs]e|contributing|code-of-conduct|bugs)(?:\.\w+)?(?:\/|$)|\.(?:pdf|zip|epub|t?gz|ipynb|xml|json|txt|md|rst|png|jpe?g|svg|mp4)$/i
/** What stands in a link or title beside its words. */
const NO_WORDS =
  'svg, script, style, template, [hidden], [aria-hidden=true], .sr-only, .visually-hidden, .screen-reader-text'

/** Elements whose words stand apart from those beside them. */
const APART = /^(?:div|p|li|dt|dd|h[1-6]|br)$/

/** The address of the lesson of the same site that a link may lead to, without its fragment. */
export function pageOf(link: Element, url: string): string | undefined {
  const href = link.getAttribute('href')?.trim()
  if (!href || !URL.canParse(href, url) || link.hasAttribute('hreflang')) return undefined
  if (link.matches('[rel~=nofollow]')) return undefined
  const target = new URL(href, url)
  const isRoute = /^#!?\//.test(target.hash)
  if (target.origin !== new URL(url).origin) return undefined
  if (!isRoute && NO_LESSON.test(target.pathname)) return undefined
  return isRoute ? target.href : target.href.replace(/#.*/, '')
}

/** The words of a link or a title in one line. */
export function wordsOf(element: Element): string {
  const line = oneLine(shownText(element)) || oneLine(element.getAttribute('aria-label') ?? '')
  return line.slice(0, longestTitle)
}

/** A text in one line, without what has no width and without a permalink's sign at its end. */
export function oneLine(text: string): string {
  return text
    .replace(/[\u00ad\u200b\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?[¶#]? *$/, '')
    .trim()
}

function shownText(element: Element): string {
  const parts = [...element.childNodes].map((node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.nodeValue ?? ''
    if (!(node instanceof Element) || node.matches(NO_WORDS)) return ''
    return APART.test(node.localName) ? ` ${shownText(node)} ` : shownText(node)
  })
  return parts.join('')
}

/** Whether a text node is of what a reader sees as words, and not of a link that leads elsewhere. */
export function isWords(text: Node, url: string): boolean {
  const parent = text.parentElement
  if (parent?.closest(`${NO_WORDS}, select, form, input, textarea`) !== null) return false
  const href = parent.closest('a[href]')?.getAttribute('href') ?? ''
  return !URL.canParse(href, url) || new URL(href, url).origin === new URL(url).origin
}
