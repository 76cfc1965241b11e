import type { Site } from '@lectern/shared'

/** Where an address's first folder is a language or a version, the second one names the book. */
const notABook = /^(?:[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?|latest|stable|main|master|current|v?\d+(?:\.\w+)*)$/

/**
 * Patterns for the textbook that a page is of, the likeliest first: below the first folder of its path that names
 * more than a language or a version, below what stands before that, and the whole host. None for what is no web page.
 */
export function proposePatterns(url: string): string[] {
  if (!URL.canParse(url)) return []
  const { protocol, host, pathname } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return []
  const folders = pathname.split('/').slice(1, -1)
  const named = folders.findIndex((folder) => !notABook.test(folder))
  const deepest = named === -1 ? folders.length : named + 1
  const depths = Array.from({ length: deepest + 1 }, (_, i) => deepest - i)
  return depths.map((depth) => `${protocol}//${[host, ...folders.slice(0, depth), '*'].join('/')}`)
}

/** A name for the textbook: what its pages' titles end with, or else the host. */
export function proposeName(title: string, url: string): string {
  const parts = title.split(/\s+[|·—–-]\s+|\s*::\s*/).filter((part) => part.trim() !== '')
  const name = (parts.at(-1) ?? '').trim().slice(0, 120)
  return name !== '' ? name : URL.canParse(url) ? new URL(url).host : ''
}

/** An id of letters, digits and hyphens that none of `taken` is. */
export function proposeId(name: string, url: string, taken: readonly string[]): string {
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  const id = slugOf(name) || slugOf(host) || 'textbook'
  if (!taken.includes(id)) return id
  for (let number = 2; ; number++) if (!taken.includes(`${id}-${number}`)) return `${id}-${number}`
}

function slugOf(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-|-$/g, '')
}

/** The site of a page as far as the page tells it. */
export function proposeSite(page: { url: string; title: string }, taken: readonly string[]): Site {
  const name = proposeName(page.title, page.url)
  const [pattern = ''] = proposePatterns(page.url)
  return { id: proposeId(name, page.url, taken), name, patterns: [pattern], policy: 'allow' }
}
