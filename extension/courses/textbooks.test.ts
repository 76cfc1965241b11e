import type { Site } from '@lectern/shared'
import { beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { courseStore, keepCourse, noteSeen } from '../storage/course-store.ts'
import { siteListStore } from '../storage/site-list-store.ts'
import { newTextbooks, originsOf, startOf, textbooksOf } from './textbooks.ts'

const book: Site = {
  id: 'book',
  name: 'The Book',
  patterns: ['https://book.example/en/*', 'https://book.example/de/*', 'http://old.example:8080/*'],
  policy: 'allow',
}
const guide: Site = { ...book, id: 'guide', name: 'The Guide', patterns: ['https://guide.example/*'] }
const shut: Site = { ...guide, id: 'shut', policy: 'deny' }
const course = { code: 'algebra', name: 'Algebra I', sites: ['guide', 'gone'] }

it('asks for each host of a textbook once, and begins where it does', () => {
  expect(originsOf(book)).toEqual(['https://book.example/*', 'http://old.example/*'])
  expect(startOf(book)).toBe('https://book.example/en/')
})

it('are those of the course, or all that are open', () => {
  const all = [book, guide, shut]
  expect(textbooksOf({ course: null, seen: null }, all)).toEqual([book, guide])
  expect(textbooksOf({ course, seen: null }, all)).toEqual([guide])
})

describe('new textbooks', () => {
  let origins: string[]
  beforeEach(async () => {
    fakeBrowser.reset()
    origins = []
    Object.assign(fakeBrowser, { permissions: { getAll: async () => ({ origins }) } })
    await siteListStore.update((list) => ({ ...list, sites: [book, guide] }))
  })
  const names = async () => (await newTextbooks()).map(({ name }) => name)

  it('are none before the first list was shown', async () => expect(await names()).toEqual([]))

  it('are those that staff added since, until they are shown or allowed', async () => {
    await noteSeen(['book'])
    expect(await names()).toEqual(['The Guide'])
    origins = ['https://guide.example/*']
    expect(await names()).toEqual([])
    origins = []
    await noteSeen(['guide'])
    expect((await courseStore.get()).seen).toEqual(['book', 'guide'])
    expect(await names()).toEqual([])
  })

  it('begin anew with another course', async () => {
    await noteSeen(['book'])
    await keepCourse(course)
    expect(await names()).toEqual([])
  })
})
