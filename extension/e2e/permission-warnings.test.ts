import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { manifest } from '../manifest.ts'
import { type ExtendedChromium, launchChromium } from './chromium.ts'

let folder: string
let chromium: ExtendedChromium

// Another extension, which may ask Chromium what it says of a manifest.
beforeAll(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'lectern-warnings-')), 'asker')
  await mkdir(folder)
  const asker = {
    manifest_version: 3,
    name: 'Asker',
    version: '1',
    permissions: ['management'],
    background: { service_worker: 'asker.js' },
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(asker))
  await writeFile(join(folder, 'asker.js'), '')
  chromium = await launchChromium(folder)
})
afterAll(async () => {
  await chromium?.close()
  if (folder !== undefined) await rm(join(folder, '..'), { recursive: true, force: true })
})

/** What Chromium says at install of a manifest, as WXT completes it; its words are in files that are not there. */
function warningsOf({
  default_locale: _,
  storage: __,
  ...built
}: ReturnType<typeof manifest>): Promise<string[]> {
  const whole = JSON.stringify({ ...built, manifest_version: 3, version: '1' }).replaceAll(
    /__MSG_\w+__/g,
    'Lectern',
  )
  const [worker] = chromium.context.serviceWorkers()
  return worker?.evaluate(
    `chrome.management.getPermissionWarningsByManifest(${JSON.stringify(whole)})`,
  ) as Promise<string[]>
}

it('Chromium warns at install of the API’s host alone', async () => {
  const shipped = manifest({ browser: 'chrome', apiUrl: 'https://api.lectern.example/v1', localhost: false })
  expect(await warningsOf(shipped)).toEqual(['Read and change your data on api.lectern.example'])
  // It does warn of what is left to the learner, where that is asked for at install.
  const greedy = { ...shipped, host_permissions: ['https://*/*', 'http://*/*'] }
  expect(await warningsOf(greedy)).toEqual(['Read and change all your data on all websites'])
})
