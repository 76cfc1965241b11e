import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildVariant } from '../packaging/build-variant.ts'
import { launchChromium } from './chromium.ts'
import { keepOnlyLocale } from './only-locale.ts'
import { closeInstallPage, visitPageStates } from './page-states.ts'

type PagePictures = {
  /** Where the pictures go. */
  folder: string
  apiUrl: string
  courseLink: string
  lesson: string
}

const sizes = [1280, 380]
const schemes = ['light', 'dark'] as const
/** From left to right and from right to left. */
const locales = ['en', 'ur'] as const

/** Pictures every state of the extension's own pages, in two languages, both schemes and two widths. */
export async function picturePages({ folder, apiUrl, courseLink, lesson }: PagePictures): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const locale of locales) {
    const outDir = await mkdtemp(join(tmpdir(), 'lectern-pages-'))
    const extension = await buildVariant(outDir, 'chrome', {
      LECTERN_LOCALHOST: '1',
      LECTERN_API_URL: apiUrl,
    })
    await keepOnlyLocale(extension, locale)
    const chromium = await launchChromium(extension)
    await closeInstallPage(chromium)
    for (const scheme of schemes)
      for (const width of sizes)
        await visitPageStates(
          chromium,
          {
            courseLink,
            lesson,
            async prepare(page) {
              await page.setViewportSize({ width, height: 800 })
              await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
            },
          },
          async (name, page) => {
            const path = join(folder, `${name}-${locale}-${scheme}-${width}.png`)
            await page.screenshot({ path, fullPage: true })
          },
        )
    await chromium.close()
    await rm(outDir, { recursive: true })
  }
}
