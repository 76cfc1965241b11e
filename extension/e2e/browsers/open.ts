import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser } from 'puppeteer-core'
import { findChromium, findFirefox } from './find.ts'

/**
 * `find`: tells the parent which browser could be opened here. `open FOLDER URL`: opens it with a fresh profile
 * and the extension of that folder, until the parent says SIGTERM or goes away, or the browser is closed.
 */
async function main([command, folder = '', url = '']: string[]): Promise<void> {
  const found = hasDisplay() ? await findBrowser() : undefined
  if (found === undefined) return
  if (command === 'find') {
    process.send?.({ kind: found.kind, name: found.name })
    process.disconnect?.()
    return
  }
  await open(found, folder, url)
}

type Found = { kind: 'chrome' | 'firefox'; name: string; path: string }

async function findBrowser(): Promise<Found | undefined> {
  const chromium = await findChromium()
  if (chromium !== undefined) return { kind: 'chrome', name: 'Chrome or Chromium', path: chromium }
  const firefox = await findFirefox()
  return firefox === undefined ? undefined : { kind: 'firefox', name: 'Firefox', path: firefox }
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

async function open(found: Found, folder: string, url: string): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'lectern-browser-'))
  const browser = await launch(found, profile)
  const close = () => void browser.close()
  process.on('SIGTERM', close)
  process.on('disconnect', close)
  browser.on(
    'disconnected',
    () => void rm(profile, { recursive: true, force: true, maxRetries: 10 }).finally(() => process.exit(0)),
  )
  const id = await browser.installExtension(folder)
  if (id === '') throw new Error('the browser did not load the extension')
  const [page = await browser.newPage()] = await browser.pages()
  await page.goto(url)
  await page.bringToFront()
  process.send?.('opened')
}

/** Branded Chrome takes extensions by this way only, Chromium and Firefox too. */
async function launch(found: Found, userDataDir: string): Promise<Browser> {
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
  const common = {
    executablePath: found.path,
    headless: false,
    userDataDir,
    defaultViewport: null,
    ...signals,
  }
  if (found.kind === 'firefox') return await puppeteer.launch({ ...common, browser: 'firefox' })
  const args = [
    '--no-first-run',
    '--no-default-browser-check',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ]
  return await puppeteer.launch({ ...common, args, pipe: true, enableExtensions: true })
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
})
