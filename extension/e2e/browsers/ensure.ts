import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { Browser, detectBrowserPlatform, install, resolveBuildId } from '@puppeteer/browsers'
import { browserCache, findChromium, findFirefox } from './find.ts'

/** What to do where nothing can be installed by itself. */
const advice = {
  chromium: 'Install Chromium or Google Chrome, or name its program in CHROME_PATH',
  firefox: 'Install Firefox, or name its program in FIREFOX_PATH',
} as const

const debianPackages = { chromium: 'chromium', firefox: 'firefox-esr' } as const

type BrowserName = keyof typeof advice

/** Makes sure that the browsers which the tests drive are there: installs what is missing, or says what to do. */
async function ensureBrowsers(): Promise<void> {
  const missing = await missingBrowsers()
  if (missing.length === 0) return
  console.error(`Not found: ${missing.join(' and ')}. Installing ...`)
  if (canUseApt()) installByApt(missing)
  else await download(missing).catch((error: unknown) => console.error(String(error)))
  const still = await missingBrowsers()
  if (still.length === 0) return
  for (const name of still) console.error(`${advice[name]}, then run the tests again.`)
  process.exit(1)
}

async function missingBrowsers(): Promise<BrowserName[]> {
  const found = { chromium: await findChromium(), firefox: await findFirefox() }
  return (Object.keys(found) as BrowserName[]).filter((name) => found[name] === undefined)
}

function canUseApt(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

function installByApt(names: BrowserName[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = (...args: string[]) =>
    spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  run('update')
  // The fonts are those that the pages' right-to-left and mathematical text needs to be seen.
  run('install', '-y', ...names.map((name) => debianPackages[name]), 'fonts-noto-core')
}

/** Stock builds, into a cache of the project: Playwright's Firefox is patched and takes no extension by WebDriver. */
async function download(names: BrowserName[]): Promise<void> {
  const platform = detectBrowserPlatform()
  if (platform === undefined) return
  for (const name of names) {
    const browser = name === 'chromium' ? Browser.CHROME : Browser.FIREFOX
    const buildId = await resolveBuildId(browser, platform, 'stable')
    await install({ browser, buildId, platform, cacheDir: browserCache, downloadProgressCallback: 'default' })
  }
}

await ensureBrowsers()
