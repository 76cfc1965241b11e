import type { Site } from '@lectern/shared'
import { type LessonPage, lessonPages } from './lesson-pages.ts'

/** Bytes: a tenth of what sitemaps.org allows, and far more than the addresses of a textbook take. */
export const longestSitemap = 5 * 2 ** 20

/** What a file says: the lessons of the textbook in it, or why it says none. */
export type SitemapRead = { pages: LessonPage[] } | { problem: 'unreadable' | 'index' | 'none' }

/**
 * Reads a sitemap.xml (sitemaps.org) that staff chose: of an untrusted file, the addresses alone that are of the
 * textbook. One with a document type is not read, since only such a file can name entities or other files.
 */
export function readSitemap(text: string, site: Site): SitemapRead {
  if (text.length > longestSitemap || /<!(?:DOCTYPE|ENTITY)/i.test(text)) return { problem: 'unreadable' }
  const document = new DOMParser().parseFromString(text, 'text/xml')
  const root = document.documentElement
  if (document.querySelector('parsererror') !== null) return { problem: 'unreadable' }
  if (root.localName === 'sitemapindex') return { problem: 'index' }
  if (root.localName !== 'urlset') return { problem: 'unreadable' }
  const named = [...root.children].flatMap((entry) => {
    const address = [...entry.children].find(({ localName }) => localName === 'loc')?.textContent.trim() ?? ''
    return URL.canParse(address) ? { url: new URL(address).href, title: titleOf(address) } : []
  })
  const pages = lessonPages(site, named)
  return pages.length === 0 ? { problem: 'none' } : { pages }
}

/** A sitemap knows no titles: the path, as people read it. */
function titleOf(address: string): string {
  const { pathname, search } = new URL(address)
  try {
    return decodeURI(pathname + search)
  } catch {
    return pathname + search
  }
}
