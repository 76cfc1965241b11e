import { browser } from 'wxt/browser'

/** Opens the six questions; `lesson` is the tab to return to afterwards, `course` the link of a course to join. */
export async function openOnboarding(
  from: { lesson?: number | undefined; course?: string } = {},
): Promise<void> {
  const given = Object.entries(from).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  const query = given.length === 0 ? '' : `?${new URLSearchParams(given)}`
  await browser.tabs.create({ url: browser.runtime.getURL('/onboarding.html') + query })
}
