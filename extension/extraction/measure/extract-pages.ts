import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type BrowserContext, chromium } from 'playwright-core'
import { build } from 'vite'
import { findChromium } from '../../e2e/browsers/find.ts'
import type { PageResult } from './page-entry.ts'

/**
 * `pnpm -s extract MANIFEST.jsonl OUT/`: recognizes and extracts saved pages in Chromium, each at its own URL with
 * its scripts off and no network, and writes OUT/<id>.json in the types of the corpus's scorer. A line of the
 * manifest is `{id, file, url}`, `file` relative to the manifest. A page that fails does not stop the others.
 */
type Page = { id: string; file: string; url: string }

const usage = 'Usage: pnpm -s extract MANIFEST.jsonl OUT/'

async function main(): Promise<number> {
  const [manifest, out] = parseArgs({ allowPositionals: true }).positionals
  if (manifest === undefined || out === undefined) {
    console.error(usage)
    return 2
  }
  const pages = await readManifest(manifest)
  const script = await bundle()
  await mkdir(out, { recursive: true })
  const executablePath = await findChromium()
  if (executablePath === undefined) {
    console.error('No Chromium was found: install one, or name its path in CHROME_PATH.')
    return 2
  }
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const context = await browser.newContext({ javaScriptEnabled: false })
  const failed = await extractAll(context, pages, script, dirname(resolve(manifest)), out)
  await browser.close()
  return failed === 0 ? 0 : 1
}

async function readManifest(path: string): Promise<Page[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => JSON.parse(line) as Page)
}

/** The extension's own modules as one script for the page. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, 'page-entry.ts'), formats: ['iife'], name: 'lecternMeasure' },
    },
  })
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
    'output' in one ? one.output : [],
  )
  const [chunk] = outputs
  if (chunk?.type !== 'chunk')
    throw new Error('The page script was not built; run `npx wxt prepare` and try again.')
  return chunk.code
}

async function extractAll(
  context: BrowserContext,
  pages: Page[],
  script: string,
  base: string,
  out: string,
): Promise<number> {
  let failed = 0
  for (const [i, page] of pages.entries()) {
    const result = await extractPage(context, page, script, base).catch((error: unknown) => String(error))
    if (typeof result === 'string') failed++
    else await writeFile(join(out, `${page.id}.json`), JSON.stringify(result, null, 1))
    console.error(`${i + 1}/${pages.length} ${page.id}: ${describe(result)}`)
  }
  return failed
}

function describe(result: PageResult | string): string {
  if (typeof result === 'string') return `failed: ${result}`
  if (!result.recognized) return `no lesson (${result.reason})`
  return `${result.family}, ${result.blocks.length} blocks, ${result.ms.toFixed(1)} ms`
}

async function extractPage(
  context: BrowserContext,
  saved: Page,
  script: string,
  base: string,
): Promise<PageResult> {
  const body = await readFile(resolve(base, saved.file), 'utf8')
  const page = await context.newPage()
  try {
    const address = saved.url.split('#')[0]
    await page.route('**/*', (route) => {
      const request = route.request()
      if (request.url() === address) return route.fulfill({ body, contentType: 'text/html; charset=utf-8' })
      // A page that sends the reader on is read as it is.
      return request.isNavigationRequest() ? route.fulfill({ status: 204 }) : route.abort()
    })
    await page.goto(saved.url, { waitUntil: 'domcontentloaded', timeout: 30_000 })
    await page.evaluate(script)
    const result = await page.evaluate(`measurePage(${JSON.stringify(saved.url)})`)
    return result as PageResult
  } finally {
    await page.close()
  }
}

process.exitCode = await main()
