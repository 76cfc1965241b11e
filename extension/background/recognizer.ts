import { browser } from 'wxt/browser'
import { openSiteTabs } from '../permissions/open-site-tabs.ts'
import { siteOrigins } from '../permissions/site-origins.ts'
import { courseLinkPatterns } from './open-course.ts'

/** On pages of sites, and on what the API shows under a course link. */
const recognizer = { id: 'recognizer', js: ['recognizer.js'], runAt: 'document_idle' } as const
const courseLink = { id: 'course-link', js: ['course-link.js'], runAt: 'document_start' } as const

/** Registrations one after the other: two at once fail with "Duplicate script ID". */
let registrations: Promise<void> = Promise.resolve()

/** Lets the recognizer run on the pages of exactly the sites that are granted now. */
export function registerRecognizer(): Promise<void> {
  registrations = registrations
    .catch(() => undefined)
    .then(async () => {
      await register(recognizer, await siteOrigins())
      await register(courseLink, await courseLinkPatterns())
    })
  return registrations
}

async function register(script: typeof recognizer | typeof courseLink, matches: string[]): Promise<void> {
  const [registered] = await browser.scripting.getRegisteredContentScripts({ ids: [script.id] })
  if (matches.length === 0) {
    if (registered !== undefined) await browser.scripting.unregisterContentScripts({ ids: [script.id] })
    return
  }
  const wanted = { ...script, js: [...script.js], matches }
  if (registered === undefined) await browser.scripting.registerContentScripts([wanted])
  else await browser.scripting.updateContentScripts([wanted])
}

/** Lets the recognizer run on granted sites, in their open pages too: a second run in a page does nothing. */
export async function recognizeSites(): Promise<void> {
  await registerRecognizer()
  await Promise.all((await openSiteTabs()).map(injectRecognizer))
}

/** Runs the recognizer in a tab's page; false where the browser lets no extension in. */
export async function injectRecognizer(tabId: number): Promise<boolean> {
  return browser.scripting.executeScript({ target: { tabId }, files: ['/recognizer.js'] }).then(
    () => true,
    () => false,
  )
}
