import { hasClobberedForm } from './clobbered-forms.ts'
import { findLesson } from './find-lesson.ts'
import type { NoLessonReason } from './no-lesson-reason.ts'
import { otherPage } from './other-page.ts'
import { whyNoLesson } from './reading.ts'
import { siteFamilies } from './site-families.ts'
import type { SiteFamily } from './site-family.ts'

/**
 * Where a page's lesson is, or why it has none. `ignore` are the selectors by which course staff leave parts out;
 * what a family's pages have beside the lesson is `furnitureOf(family)`.
 */
export type Recognition =
  | { lesson: true; root: Element; family: string; ignore: string[] }
  | { lesson: false; reason: NoLessonReason }

/** What course staff say of a page of a site: that lessons are elsewhere, where on it they are, what is not of them. */
export type SiteRule = { elsewhere?: boolean; lesson?: string; ignore?: readonly string[] }

/**
 * Decides whether a page is a lesson and where. The rule of course staff comes first, then the author's own mark
 * (`data-lectern="lesson"`), then the page's family, then a general finder; the first two are taken at their word.
 * Reads only; costs a few milliseconds on a page of a megabyte.
 */
export function recognize(document: Document, url: string, site: SiteRule = {}): Recognition {
  if (site.elsewhere) return no('elsewhere')
  if (hasClobberedForm(document)) return no('no_lesson')
  const generators = generatorsOf(document)
  const address = addressOf(url)
  const family = siteFamilies.find((candidate) => claims(candidate, document, address, generators))
  const ignore = [...(site.ignore ?? [])]
  const found = (root: Element, by: string): Recognition => ({ lesson: true, root, family: by, ignore })

  if (site.lesson !== undefined) {
    const root = safeQuery(document, site.lesson)
    return root === null ? no('elsewhere') : found(root, family?.id ?? 'staff')
  }
  const marked = document.querySelector('[data-lectern=lesson]')
  if (marked !== null) return found(marked, family?.id ?? 'marked')

  const other = otherPage(document, address, generators)
  if (other !== undefined) return no(other)
  const root = family === undefined ? findLesson(document) : lessonOf(family, document)
  if (root === undefined) return no('no_lesson')
  const reason = whyNoLesson(root)
  return reason === undefined ? found(root, family?.id ?? 'unknown') : no(reason)
}

function no(reason: NoLessonReason): Recognition {
  return { lesson: false, reason }
}

/** The families that claim a page; more than one is an error in their rules. */
export function claimingFamilies(document: Document, url: string): string[] {
  const [address, generators] = [addressOf(url), generatorsOf(document)]
  return siteFamilies.filter((family) => claims(family, document, address, generators)).map(({ id }) => id)
}

function claims(family: SiteFamily, document: Document, address: string, generators: string[]): boolean {
  return (
    generators.some((generator) => family.generator?.test(generator)) ||
    family.address?.test(address) === true ||
    (family.mark !== undefined && document.querySelector(family.mark) !== null)
  )
}

function lessonOf(family: SiteFamily, document: Document): Element | undefined {
  if (family.others !== undefined && document.querySelector(family.others) !== null) return undefined
  for (const selector of family.lesson) {
    const root = document.querySelector(selector)
    if (root !== null) return root
  }
  return undefined
}

/** What wrote the page; a theme names itself beside what it is built on, as Starlight does beside Astro. */
function generatorsOf(document: Document): string[] {
  return [...document.querySelectorAll('meta[name=generator i]')].map(
    (meta) => meta.getAttribute('content') ?? '',
  )
}

/** Host, path and query of a URL. */
function addressOf(url: string): string {
  return url.replace(/^\w+:\/\/|#.*/g, '')
}

function safeQuery(document: Document, selector: string): Element | null {
  try {
    return document.querySelector(selector)
  } catch {
    return null
  }
}
