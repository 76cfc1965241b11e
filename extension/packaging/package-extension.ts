import { hash } from 'node:crypto'
import { resolve } from 'node:path'
import { defaultApiUrl } from './default-api-url.ts'
import { makePackages } from './make-packages.ts'

const root = resolve(import.meta.dirname, '../..')
const apiUrl = defaultApiUrl(process.env.LECTERN_API_URL)
const packages = await makePackages(root, resolve(root, '.output'), apiUrl)

for (const [file, bytes] of Object.entries(packages))
  process.stdout.write(
    `.output/${file.padEnd(28)} ${String(Math.ceil(bytes.length / 1024)).padStart(5)} KiB  SHA-256 ${hash('sha256', bytes)}\n`,
  )
process.stdout.write(`\nTheir API is ${apiUrl} unless a learner, a course link or a school sets another.\n`)
if (!apiUrl.startsWith('https:'))
  process.stdout.write(
    'Before you hand them to a store, set LECTERN_API_URL to the https address of your API and run this again.\n',
  )
