import { isLessonUrl, matchesPattern, type Site } from '@lectern/shared'
import { startOf } from '../../courses/textbooks.ts'
import { originPattern } from '../../permissions/origin-pattern.ts'
import { askOutline } from '../../progress/ask-outline.ts'
import { lessonAddress } from '../../progress/lesson-address.ts'
import { closePage, openPage, type PageTab } from '../page-tab.ts'

/** A page that can be warmed up. */
export type LessonPage = { url: string; title: string }

/** Of pages that a book or a file names, those that can be lessons of a textbook, each once. */
export function lessonPages(site: Site, named: readonly LessonPage[]): LessonPage[] {
  const isOfSite = ({ url }: LessonPage) =>
    site.patterns.some((pattern) => matchesPattern(pattern, url)) && isLessonUrl(site, url)
  const pages = new Map<string, LessonPage>()
  for (const page of named.filter(isOfSite)) {
    const address = lessonAddress(page.url)
    if (address !== undefined && !pages.has(address)) pages.set(address, page)
  }
  return [...pages.values()]
}

/** The match patterns of the hosts of pages, as permissions are asked for. */
export function originsOfPages(pages: readonly Pick<LessonPage, 'url'>[]): string[] {
  return [...new Set(pages.flatMap(({ url }) => originPattern(url) ?? []))]
}

/** The page whose navigation is looked at: the one at hand, else where the textbook begins. */
export function navigationPage(site: Site, tab: PageTab | undefined): { url: string } {
  return { url: tab?.url ?? startOf(site) }
}

/** The lessons that the navigation of a textbook names there. */
export async function pagesOfNavigation(site: Site, tab: PageTab | undefined): Promise<LessonPage[]> {
  const opened =
    tab === undefined ? await openPage(navigationPage(site, tab).url, { active: false }) : undefined
  const outline = await askOutline(tab?.id ?? opened ?? -1)
  if (opened !== undefined) await closePage(opened)
  const named = (outline?.entries ?? []).flatMap(({ url, title }) =>
    url === undefined ? [] : { url, title },
  )
  return lessonPages(site, named)
}
