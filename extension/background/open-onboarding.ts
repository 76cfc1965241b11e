import { browser } from 'wxt/browser'

/** Opens the six questions; `lessonTab` is the tab to return to afterwards. */
export async function openOnboarding(lessonTab?: number): Promise<void> {
  const page = browser.runtime.getURL('/onboarding.html')
  await browser.tabs.create({ url: lessonTab === undefined ? page : `${page}?lesson=${lessonTab}` })
}
