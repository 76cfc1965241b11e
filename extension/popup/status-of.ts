import { i18n } from '../locales/i18n.ts'
import type { Page } from './find-page.ts'

export type Status = {
  title: string
  text: string
  /** Whether it is a textbook of the learner's course, where that helps to decide. */
  listed?: string
}

/** What the popup says of a page: a title and a sentence with a next step. */
export function statusOf(page: Page): Status {
  switch (page.kind) {
    case 'browser':
      return { title: i18n.t('page_state.browser.title'), text: i18n.t('page_state.browser.text') }
    case 'not_granted':
      return {
        title: page.host,
        text: i18n.t('page_state.not_granted.text'),
        ...(page.listed === undefined ? {} : { listed: listedText(page.listed) }),
      }
    case 'off':
      return { title: page.host, text: i18n.t('page_state.off.text') }
    case 'closed':
      return { title: page.host, text: i18n.t('page_state.closed.text') }
    case 'no_prose':
      return { title: i18n.t('page_state.no_prose.title'), text: i18n.t('page_state.no_prose.text') }
    case 'granted':
      return page.state.lesson
        ? {
            title: page.state.title,
            text: i18n.t(page.state.on_request ? 'page_state.on_request.text' : 'page_state.lesson.text'),
          }
        : {
            title: i18n.t('page_state.no_lesson.title'),
            text: i18n.t('page_state.no_lesson.text', {
              reason: i18n.t(`page_state.reasons.${page.state.reason}`),
            }),
          }
  }
}

function listedText(name: string | null): string {
  return name === null ? i18n.t('popup.not_listed') : i18n.t('popup.listed', { name })
}
