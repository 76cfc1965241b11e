import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { locales, messagesOf } from '../locales/testing/messages-of.ts'
import { manifest } from '../manifest.ts'

const listing = await readFile(join(import.meta.dirname, 'listing.md'), 'utf8')

/** What stands under a heading, to the next of its level or above. */
function section(heading: string, marks = '##'): string {
  const [, after] = listing.split(`\n${marks} ${heading}\n`)
  if (after === undefined) throw new Error(`listing.md has no section "${heading}".`)
  return after.split(new RegExp(`\\n#{2,${marks.length}} `))[0]?.trim() ?? ''
}

describe('the store listing', () => {
  it('says what the manifest says', async () => {
    const words = await messagesOf('en')
    expect(section('Name')).toBe(words['manifest.name'])
    expect(section('Summary')).toBe(words['manifest.description'])
  })

  // Chrome: 75 and 132 (manifest reference), 16,000; AMO: 50, 250, 15,000 characters.
  it.each(locales)('is short enough in name and summary: %s', async (locale) => {
    const words = await messagesOf(locale)
    expect(words['manifest.name']?.length).toBeLessThanOrEqual(45)
    expect(words['manifest.description']?.length).toBeLessThanOrEqual(132)
  })

  it('is short enough in all else', () => {
    expect(section('Description').length).toBeLessThanOrEqual(15_000)
    expect(section('Single purpose').length).toBeLessThanOrEqual(1000)
  })

  it('gives a reason for each permission of the manifest, and for no other', () => {
    const asked = manifest({ browser: 'chrome', apiUrl: 'https://api.lectern.example', localhost: false })
    const explained = [...section('Permissions').matchAll(/^### (.+)$/gm)].map(([, name]) => name)
    expect(explained).toEqual([
      ...(asked.permissions ?? []),
      'Host permission: the API',
      'Optional hosts',
      'Remote code',
    ])
    for (const name of explained) {
      const reason = section(name ?? '', '###')
      expect(reason.length, name).toBeGreaterThan(40)
      expect(reason.length, name).toBeLessThanOrEqual(1000)
    }
    const [, inTable = ''] = section('Warnings').match(/^\| `permissions`: (.*?) \| none \|$/m) ?? []
    expect(inTable).toBe(asked.permissions?.map((name) => `\`${name}\``).join(', '))
  })

  it('tells the stores what Firefox is told', () => {
    const { browser_specific_settings } = manifest({
      browser: 'firefox',
      apiUrl: 'https://api.lectern.example',
      localhost: false,
    })
    const { required = [] } = browser_specific_settings?.gecko?.data_collection_permissions ?? {}
    expect(section('Data use')).toContain(
      `declares ${required.map((name) => `\`${name}\``).join(' and ')} as required`,
    )
    const collected = [...section('Data use').matchAll(/^\| ([^|]+) \| yes \|/gm)].map(([, type]) => type)
    expect(collected).toEqual(['Web history', 'Website content'])
  })

  it('has the pictures that it names, of the size that stores take', async () => {
    const named = [...section('Pictures').matchAll(/`screenshots\/(.+?\.png)`/g)].map(
      ([, name]) => name ?? '',
    )
    expect((await readdir(join(import.meta.dirname, 'screenshots'))).sort()).toEqual(named)
    for (const name of named) {
      const picture = await readFile(join(import.meta.dirname, 'screenshots', name))
      // A PNG's width and height stand at the head of its first part.
      expect([picture.readUInt32BE(16), picture.readUInt32BE(20)], name).toEqual([1280, 800])
      expect(picture.length, name).toBeLessThan(1024 * 1024)
    }
  })
})
