import type { Site } from '@lectern/shared'
import { SaxesParser } from 'saxes'
import { type LessonPage, lessonPages } from './lesson-pages.ts'

/** Bytes: a tenth of what sitemaps.org allows, and far more than the addresses of a textbook take. */
export const longestSitemap = 5 * 2 ** 20

/** What a file says: the lessons of the textbook in it, or why it says none. */
export type SitemapRead = { pages: LessonPage[] } | { problem: 'unreadable' | 'index' | 'none' }

/**
 * Reads a sitemap.xml (sitemaps.org) that staff chose: of an untrusted file, the addresses alone that are of the
 * textbook. Not by the browser's own parser: Trusted Types shut that out of the extension's pages. This one knows
 * XML's own entities only, and opens no other file.
 */
export function readSitemap(text: string, site: Site): SitemapRead {
  if (text.length > longestSitemap) return { problem: 'unreadable' }
  const { root, addresses } = readAddresses(text)
  if (root === 'sitemapindex') return { problem: 'index' }
  if (root !== 'urlset') return { problem: 'unreadable' }
  const named = addresses.flatMap((address) =>
    URL.canParse(address) ? { url: new URL(address).href, title: titleOf(address) } : [],
  )
  const pages = lessonPages(site, named)
  return pages.length === 0 ? { problem: 'none' } : { pages }
}

/** The name of the file's first element, and what its entries give as address; no name for what is no XML. */
function readAddresses(text: string): { root: string | undefined; addresses: string[] } {
  const parser = new SaxesParser()
  const path: string[] = []
  const addresses: string[] = []
  let root: string | undefined
  let isBroken = false
  let address = ''
  const isAddress = () => path.join('/') === 'urlset/url/loc'
  const addText = (part: string) => {
    if (isAddress()) address += part
  }
  parser.on('opentag', ({ name }) => {
    root ??= name
    path.push(name)
    address = ''
  })
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    if (isAddress()) addresses.push(address.trim())
    path.pop()
  })
  parser.on('error', () => {
    isBroken = true
  })
  parser.write(text).close()
  return { root: isBroken ? undefined : root, addresses }
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
