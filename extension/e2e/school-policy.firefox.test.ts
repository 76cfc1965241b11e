import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildVariant } from '../packaging/build-variant.ts'
import { ExtendedFirefox } from './firefox.ts'
import { schoolsSetting } from './schools-setting.ts'

let outDir: string
let firefox: ExtendedFirefox

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'lectern-school-'))
  const extension = await buildVariant(outDir, 'firefox', { LECTERN_LOCALHOST: '1', LECTERN_API_URL: '' })
  const policies = join(outDir, 'policies.json')
  await writeFile(
    policies,
    JSON.stringify({ policies: { '3rdparty': { Extensions: { 'lectern@extension': schoolsSetting } } } }),
  )
  firefox = await ExtendedFirefox.launch(extension, { policies })
})
afterAll(async () => {
  await firefox?.close()
  if (outDir !== undefined) await rm(outDir, { recursive: true, force: true })
})

declare const WebExtensionPolicy: { getByID(id: string): { getURL(path: string): string } }

it('shows what policies.json sets, and lets nobody change it', async () => {
  const options = await firefox.inBrowser(() =>
    firefox.evaluate(() => WebExtensionPolicy.getByID('lectern@extension').getURL('options.html')),
  )
  await firefox.open(options)
  const course = () => firefox.evaluate(() => document.querySelector('#course')?.textContent ?? '')
  await expect.poll(course, { timeout: 30_000 }).toContain('Set by your school: http://localhost:9.')
  expect(await firefox.evaluate(() => document.querySelectorAll('#course input').length)).toBe(0)
  const words = () => firefox.evaluate(() => document.body.textContent)
  await expect.poll(words, { timeout: 30_000 }).toContain('The school’s own book by your school')
  expect(await words()).not.toContain('Exam papers')
  await expect
    .poll(words, { timeout: 30_000 })
    .toContain('the API keeps no list of the lessons that you read')
  expect(await firefox.errors()).toEqual([])
})
