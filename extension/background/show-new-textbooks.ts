import { browser } from 'wxt/browser'
import { newTextbooks } from '../courses/textbooks.ts'
import { countText, i18n } from '../locales/i18n.ts'

/** Says on the toolbar's button how many textbooks staff have added; the popup offers to allow them. */
export async function showNewTextbooks(): Promise<void> {
  const count = (await newTextbooks()).length
  const name = i18n.t('manifest.name')
  await browser.action.setBadgeBackgroundColor({ color: '#4a45b8' })
  await browser.action.setBadgeText({ text: count === 0 ? '' : String(count) })
  await browser.action.setTitle({
    title: count === 0 ? name : `${name}: ${countText('popup.new_textbooks', count)}`,
  })
}
