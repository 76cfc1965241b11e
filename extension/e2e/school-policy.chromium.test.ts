import { access, constants, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildVariant } from '../packaging/build-variant.ts'
import { type ExtendedChromium, launchChromium } from './chromium.ts'
import { schoolsSetting } from './schools-setting.ts'

/** Where Debian's Chromium looks for what the machine's owner sets; only they may write there. */
const folder = '/etc/chromium/policies/managed'
const file = join(folder, 'lectern-test.json')

const mayWrite = await access('/etc/chromium', constants.W_OK).then(
  () => true,
  () => false,
)

let outDir: string
let extension: string
let chromium: ExtendedChromium
let made: string | undefined

beforeAll(async () => {
  if (!mayWrite) return
  outDir = await mkdtemp(join(tmpdir(), 'lectern-school-'))
  extension = await buildVariant(outDir, 'chrome', { LECTERN_LOCALHOST: '1', LECTERN_API_URL: '' })
  // The id of an extension that is loaded from a folder comes from the folder's path.
  const first = await launchChromium(extension)
  const id = new URL(first.origin).host
  await first.close()
  made = await mkdir(folder, { recursive: true })
  await writeFile(file, JSON.stringify({ '3rdparty': { extensions: { [id]: schoolsSetting } } }))
  chromium = await launchChromium(extension)
})
afterAll(async () => {
  await chromium?.close()
  await rm(file, { force: true })
  // Only folders that this test made.
  if (made !== undefined) await rm(made, { recursive: true, force: true })
  if (outDir !== undefined) await rm(outDir, { recursive: true, force: true })
})

// Without the right to write there a machine cannot be managed.
it.skipIf(!mayWrite)('shows what a policy of the machine sets, and lets nobody change it', async () => {
  const page = await chromium.context.newPage()
  await page.goto(`${chromium.origin}/options.html`)
  const section = page.getByRole('region', { name: 'Address of the API' })
  await section.getByText('Set by your school: http://localhost:9.').waitFor()
  expect(await section.getByRole('textbox').count()).toBe(0)
  const textbooks = page.getByRole('region', { name: 'Your textbooks' })
  await textbooks.getByText('The school’s own book by your school').waitFor()
  expect(await textbooks.getByText('Exam papers').count()).toBe(0)
  await page.getByText('the API keeps no list of the lessons that you read').waitFor()
})
