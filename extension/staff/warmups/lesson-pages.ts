import { isLessonUrl, matchesPattern, type Site } from '@lectern/shared'
import { startOf } from '../../courses/textbooks.ts'
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

/** The lessons that the navigation of a textbook names: on the page at hand, else where the textbook begins. */
export async function pagesOfNavigation(site: Site, tab: PageTab | undefined): Promise<LessonPage[]> {
  const opened = tab === undefined ? await openPage(startOf(site), { active: false }) : undefined
  const outline = await askOutline(tab?.id ?? opened ?? -1)
  if (opened !== undefined) await closePage(opened)
  const named = (outline?.entries ?? []).flatMap(({ url, title }) =>
    url === undefined ? [] : { url, title },
  )
  return lessonPages(site, named)
}
