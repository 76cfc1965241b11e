import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type ExtendedChromium, launchChromium } from './chromium.ts'
import { type Look, lookAs, looks } from './looks.ts'
import { keepOnlyLocale } from './only-locale.ts'
import { closeInstallPage, type VisitState } from './page-states.ts'

/** Goes through pages of the extension in all their states. */
export type VisitStates = (
  chromium: ExtendedChromium,
  prepare: (page: Page) => Promise<void>,
  visit: VisitState,
) => Promise<void>

/** From left to right and from right to left. */
const locales = ['en', 'ur'] as const

/** Pictures pages of the extension in all their states, in two languages and in every look. */
export async function pictureInLanguages(
  extension: string,
  folder: string,
  visitStates: VisitStates,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const locale of locales)
    await withLocale(extension, locale, async (chromium) => {
      await closeInstallPage(chromium)
      for (const look of looks)
        await visitStates(chromium, (page) => lookAs(page, look), pictureOf(folder, locale, look))
    })
}

function pictureOf(folder: string, locale: string, look: Look): VisitState {
  return async (name, page) => {
    await page.screenshot({ path: join(folder, `${name}-${locale}-${look.name}.png`), fullPage: true })
  }
}

/** Works with a browser in whose extension one language is left. */
export async function withLocale(
  extension: string,
  locale: (typeof locales)[number],
  work: (chromium: ExtendedChromium) => Promise<void>,
): Promise<void> {
  const outDir = await mkdtemp(join(tmpdir(), 'lectern-pages-'))
  await cp(extension, outDir, { recursive: true })
  await keepOnlyLocale(outDir, locale)
  const chromium = await launchChromium(outDir)
  try {
    await work(chromium)
  } finally {
    await chromium.close()
    await rm(outDir, { recursive: true })
  }
}
