import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getInstalledBrowsers } from '@puppeteer/browsers'

/** Where `ensure.ts` puts a browser that it downloads. */
export const browserCache = fileURLToPath(new URL('../../../.lectern/browsers', import.meta.url))

type Places = { cached: string; variable: string; names: readonly string[]; paths: readonly string[] }

const chromium: Places = {
  cached: 'chrome',
  variable: 'CHROME_PATH',
  names: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'brave-browser',
  ],
  paths: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}

const firefox: Places = {
  cached: 'firefox',
  variable: 'FIREFOX_PATH',
  names: ['firefox', 'firefox-esr'],
  paths: [
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
}

/** The path of a Chromium-based browser on this machine: CHROME_PATH, else the usual places. */
export function findChromium(): Promise<string | undefined> {
  return find(chromium)
}

/** The path of a Firefox on this machine: FIREFOX_PATH, else the usual places. */
export function findFirefox(): Promise<string | undefined> {
  return find(firefox)
}

async function find({ cached, variable, names, paths }: Places): Promise<string | undefined> {
  const given = process.env[variable]
  const folders = (process.env.PATH ?? '').split(delimiter)
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  for (const path of given ? [given] : [...onPath, ...paths]) if (await isProgram(path)) return path
  const downloaded = await getInstalledBrowsers({ cacheDir: browserCache })
  return downloaded.find(({ browser }) => browser === cached)?.executablePath
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
