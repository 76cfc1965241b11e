import { i18n } from '../locales/i18n.ts'
import type { Page } from './find-page.ts'

/** What the popup says of a page: a title and a sentence with a next step. */
export function statusOf(page: Page): { title: string; text: string } {
  switch (page.kind) {
    case 'browser':
      return { title: i18n.t('page_state.browser.title'), text: i18n.t('page_state.browser.text') }
    case 'not_granted':
      return { title: page.host, text: i18n.t('page_state.not_granted.text') }
    case 'closed':
      return { title: page.host, text: i18n.t('page_state.closed.text') }
    case 'no_prose':
      return { title: i18n.t('page_state.no_prose.title'), text: i18n.t('page_state.no_prose.text') }
    case 'granted':
      return page.state.lesson
        ? { title: page.state.title, text: i18n.t('page_state.lesson.text') }
        : { title: i18n.t('page_state.no_lesson.title'), text: i18n.t('page_state.no_lesson.text') }
  }
}
