import { afterAll, beforeAll, expect, it } from 'vitest'
import { ChromiumPages } from '../../rendering/testing/chromium-page.ts'
import { corpusLessons, type SavedLesson, shippedLessons } from '../saved-lessons.ts'
import { FirefoxPages } from './firefox-pages.ts'
import type { HashedLesson } from './hash-page.ts'
import { serveLessons } from './serve-lessons.ts'

const entry = 'e2e/lesson-hash/hash-page.ts'
const lessons = [...shippedLessons(), ...corpusLessons()]
const looks = [1280, 380].flatMap((width) => [false, true].map((dark) => ({ width, dark })))

let chromium: ChromiumPages
let firefox: FirefoxPages
let served: Awaited<ReturnType<typeof serveLessons>>
beforeAll(async () => {
  served = await serveLessons(lessons)
  chromium = await ChromiumPages.launch(entry)
  firefox = await FirefoxPages.launch(entry)
})
afterAll(async () => {
  await Promise.all([chromium?.close(), firefox?.close(), served?.close()])
})

it.for(lessons)(
  '$name is one lesson in both browsers, in every look and for every reader',
  async (lesson) => {
    const [first, ...others] = [...(await inChromium(lesson)), ...(await inFirefox(lesson))]
    expect(others).toHaveLength(looks.length * 2 + 1)
    for (const other of others) expect(other).toEqual(first)
  },
)

/** The lesson in each look, and last with what a signed-in reader sees beside it. */
async function inChromium({ html, url, fileOf }: SavedLesson): Promise<HashedLesson[]> {
  const page = await chromium.open(html, { url, fileOf, csp: "script-src 'none'" })
  const read = () => page.evaluate((address) => globalThis.lecternHash.read(address), url)
  const readings: HashedLesson[] = []
  for (const { width, dark } of looks) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
    readings.push(await read())
  }
  await page.evaluate((address) => globalThis.lecternHash.furnish(address), url)
  readings.push(await read())
  await page.close()
  return readings
}

async function inFirefox(lesson: SavedLesson): Promise<HashedLesson[]> {
  await firefox.open(served.urlOf(lesson))
  const read = () => firefox.evaluate((address: string) => globalThis.lecternHash.read(address), lesson.url)
  const readings: HashedLesson[] = []
  for (const look of looks) {
    await firefox.look(look)
    // Zoom goes by steps.
    expect(Math.abs((await firefox.evaluate(() => innerWidth)) - look.width)).toBeLessThan(5)
    readings.push(await read())
  }
  await firefox.evaluate((address: string) => globalThis.lecternHash.furnish(address), lesson.url)
  readings.push(await read())
  return readings
}
