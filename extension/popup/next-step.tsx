import { browser } from 'wxt/browser'
import { i18n } from '../locales/i18n.ts'
import { grantSites } from '../permissions/grant-sites.ts'
import { changeSiteSettings } from '../storage/lesson-settings-store.ts'
import { findPage, type Page, personalizePage, showAnyway } from './find-page.ts'
import { leaveTo } from './leave-to.ts'

type NextStepProps = {
  page: Page
  /** Whether the learner has answered the questions; else that is the next step where nothing else is. */
  answered: boolean
  onPage: (page: Page) => void
}

/** The one button for what is sensible on this page; nothing on a lesson that has its tabs. */
export function NextStep({ page, answered, onPage }: NextStepProps) {
  switch (page.kind) {
    case 'not_granted':
      return (
        <button type="button" onClick={() => allow(page.origin)}>
          {i18n.t('popup.allow_site')}
        </button>
      )
    case 'off':
      return (
        <button type="button" onClick={() => switchOn(page.url)}>
          {i18n.t('popup.show_tabs')}
        </button>
      )
    case 'closed':
      return (
        <button type="button" className="quiet" onClick={() => leaveTo(browser.tabs.reload(page.tabId))}>
          {i18n.t('popup.reload_page')}
        </button>
      )
    case 'granted':
      if (page.state.lesson)
        return page.state.on_request ? (
          <button type="button" onClick={() => void personalizePage(page).then(onPage)}>
            {i18n.t('popup.personalize_page')}
          </button>
        ) : null
      return (
        <button type="button" className="quiet" onClick={() => void showAnyway(page).then(onPage)}>
          {i18n.t('popup.this_is_a_lesson')}
        </button>
      )
    case 'browser':
      if (!answered) return null
      return (
        <button type="button" onClick={() => leaveTo(openTextbooks())}>
          {i18n.t('popup.find_textbook')}
        </button>
      )
    case 'no_prose':
      return null
  }

  async function allow(origin: string): Promise<void> {
    if (await grantSites([origin])) onPage(await findPage())
  }

  async function switchOn(url: string): Promise<void> {
    await changeSiteSettings(url, { off: false })
    onPage(await findPage())
  }
}

function openTextbooks(): Promise<unknown> {
  return browser.tabs.create({ url: browser.runtime.getURL('/options.html#textbooks') })
}
