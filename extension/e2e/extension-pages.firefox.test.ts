import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildVariant } from '../packaging/build-variant.ts'
import { ExtendedFirefox } from './firefox.ts'
import { forbidden, keepViolations, tryForbidden } from './policy-violations.ts'

let outDir: string
let firefox: ExtendedFirefox

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'lectern-pages-'))
  const extension = await buildVariant(outDir, 'firefox', {
    LECTERN_LOCALHOST: '',
    LECTERN_API_URL: 'https://api.lectern.example',
  })
  firefox = await ExtendedFirefox.launch(extension)
})
afterAll(async () => {
  await firefox?.close()
  if (outDir !== undefined) await rm(outDir, { recursive: true, force: true })
})

declare const WebExtensionPolicy: { getByID(id: string): { getURL(path: string): string } }

async function open(page: string): Promise<void> {
  const address = await firefox.inBrowser(() =>
    firefox.evaluate((path) => WebExtensionPolicy.getByID('lectern@extension').getURL(path), page),
  )
  await firefox.open(address)
  await firefox.find('#page h1, #page h2')
}

it('opens each page of the shipped extension without a word from its content security policy', async () => {
  for (const page of ['onboarding.html', 'options.html', 'popup.html', 'privacy.html', 'staff.html'])
    await open(page)
  expect(await firefox.errors()).toEqual([])
})

it('lets them show and reach nothing but what is theirs, and take no text for markup', async () => {
  await open('options.html')
  await firefox.evaluate(keepViolations)
  await firefox.evaluate(tryForbidden)
  const violations = () => firefox.evaluate(() => window.violations.toSorted())
  await expect.poll(violations).toEqual(forbidden)
  await expect.poll(async () => (await firefox.errors()).length).toBeGreaterThan(0)
})
