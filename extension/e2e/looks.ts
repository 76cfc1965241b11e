import type { Page } from 'playwright-core'

/** How a page is looked at. */
export type Look = {
  /** As part of a picture's name. */
  name: string
  /** Of the window, in CSS pixels. */
  width: number
  height?: number
  media: NonNullable<Parameters<Page['emulateMedia']>[0]>
}

/** Light and dark, wide and narrow, a system's own colours, and 1280 by 1024 pixels at 400 %. */
export const looks: readonly Look[] = [
  { name: 'light-1280', width: 1280, media: { colorScheme: 'light' } },
  { name: 'light-380', width: 380, media: { colorScheme: 'light' } },
  { name: 'dark-1280', width: 1280, media: { colorScheme: 'dark' } },
  { name: 'dark-380', width: 380, media: { colorScheme: 'dark' } },
  { name: 'forced-light-1280', width: 1280, media: { colorScheme: 'light', forcedColors: 'active' } },
  { name: 'forced-dark-380', width: 380, media: { colorScheme: 'dark', forcedColors: 'active' } },
  { name: 'zoom-400', width: 320, height: 256, media: { colorScheme: 'light' } },
]

/** Readies a page to be looked at so, before it opens. */
export async function lookAs(page: Page, { width, height = 900, media }: Look): Promise<void> {
  await page.setViewportSize({ width, height })
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'none', ...media })
}
