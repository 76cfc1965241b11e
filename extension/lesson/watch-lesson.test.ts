// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Recognition } from '../sites/recognize.ts'
import type { Tab } from './lesson-store.ts'
import type { LessonView } from './mount-lesson-view.tsx'
import { watchLesson } from './watch-lesson.ts'

let controller: AbortController
let mounted: {
  root: Element
  selected: Tab | undefined
  view: LessonView & { isIntact: boolean; selected: Tab }
}[]

beforeEach(() => {
  vi.useFakeTimers()
  controller = new AbortController()
  mounted = []
  history.replaceState(null, '', '/book/one')
})
afterEach(() => {
  controller.abort()
  document.body.replaceChildren()
  vi.useRealTimers()
})

function lesson(title: string, passages = 6): HTMLElement {
  const article = document.createElement('article')
  article.append(...Array.from({ length: passages }, (_, i) => paragraph(`${title}, passage ${i}.`)))
  return article
}

function paragraph(text: string): HTMLElement {
  const element = document.createElement('p')
  element.textContent = text
  return element
}

function recognize(): Recognition {
  const root = document.querySelector('article')
  return root === null
    ? { lesson: false, reason: 'no_lesson' }
    : { lesson: true, root, family: 'test', ignore: [] }
}

function watch() {
  return watchLesson({
    recognize,
    mount: ({ root }, selected) => {
      const view = {
        selected: selected ?? 'original',
        isIntact: true,
        invalidate: vi.fn(),
        applySettings: vi.fn(),
        flipTab: vi.fn(),
        flipBlock: vi.fn(),
        destroy: vi.fn(),
      }
      mounted.push({ root, selected, view })
      return view
    },
    signal: controller.signal,
  })
}

const rest = () => vi.advanceTimersByTimeAsync(500)

it('mounts at once, and once, whatever else changes on the page', async () => {
  document.body.append(lesson('One'))
  const { view } = watch()
  expect(mounted.length).toBe(1)
  expect(view).toBe(mounted[0]?.view)
  document.body.append(paragraph('an advertisement'))
  document.querySelector('article')?.append(paragraph('a comment'))
  history.pushState(null, '', '#part')
  await rest()
  expect(mounted.length).toBe(1)
})

it('mounts a lesson that appears late within half a second', async () => {
  watch()
  document.body.append(lesson('Late'))
  await rest()
  expect(mounted.length).toBe(1)
})

it('mounts a lesson that appears after ten seconds in which the page changed all the time', async () => {
  watch()
  for (let i = 0; i < 1000; i++) {
    document.body.append('.')
    await vi.advanceTimersByTimeAsync(10)
  }
  document.body.append(lesson('Late'))
  await vi.advanceTimersByTimeAsync(250)
  expect(mounted.length).toBe(1)
})

it('mounts at once on each of many lessons gone through quickly', async () => {
  for (let i = 0; i < 12; i++) {
    history.pushState(null, '', `/book/${i}`)
    document.body.replaceChildren(lesson(`Lesson ${i}`))
    if (i === 0) watch()
    await vi.advanceTimersByTimeAsync(250)
    expect(mounted.length).toBe(i + 1)
  }
})

it('mounts anew when the page shows another lesson: in other elements, or in the same', async () => {
  document.body.append(lesson('One'))
  watch()
  ;(mounted[0] as (typeof mounted)[0]).view.selected = 'personalized'
  history.pushState(null, '', '/book/two')
  document.querySelector('article')?.replaceWith(lesson('Two'))
  await rest()
  expect(mounted[0]?.view.destroy).toHaveBeenCalledOnce()
  document.querySelector('article')?.replaceChildren(...lesson('Three').childNodes)
  await rest()
  expect(mounted.map(({ selected }) => selected)).toEqual([undefined, undefined, undefined])
})

it('shows nothing of the lesson before, from the change of the page on', async () => {
  document.body.append(lesson('One'))
  watch()
  history.pushState(null, '', '/book/two')
  document.querySelector('article')?.replaceChildren(...lesson('Two').childNodes)
  await Promise.resolve()
  expect(mounted[0]?.view.destroy).toHaveBeenCalledOnce()
  expect(mounted.length).toBe(2)
  document.querySelector('article')?.replaceWith(lesson('Two'))
  await Promise.resolve()
  expect(mounted[1]?.view.destroy).toHaveBeenCalledOnce()
  expect(mounted.length).toBe(3)
})

it('mounts anew at another address for the smallest change: versions of one page are alike', async () => {
  document.body.append(lesson('One'))
  watch()
  ;(mounted[0] as (typeof mounted)[0]).view.selected = 'personalized'
  history.pushState(null, '', '/book/one/')
  await rest()
  history.pushState(null, '', '/v2/book/one')
  ;(document.querySelector('p') as Element).textContent = 'One, passage 0, revised.'
  await rest()
  expect(mounted.map(({ selected }) => selected)).toEqual([undefined, undefined])
})

it('stays when the page notes in its query which of its own tabs is open', async () => {
  document.body.append(lesson('One'))
  watch()
  history.pushState(null, '', '/book/one?language=python')
  document.querySelector('article')?.append(paragraph('What the other tab says.'))
  await rest()
  document.querySelector('article')?.append(paragraph('A step more.'))
  await rest()
  expect(mounted.length).toBe(1)
})

it('keeps the tab when the framework renders the same lesson again, or drops the bar', async () => {
  document.body.append(lesson('One'))
  watch()
  ;(mounted[0] as (typeof mounted)[0]).view.selected = 'personalized'
  document.querySelector('article')?.replaceWith(lesson('One'))
  await rest()
  expect(mounted[1]?.selected).toBe('personalized')
  ;(mounted[1] as (typeof mounted)[0]).view.isIntact = false
  document.body.append('x')
  await rest()
  expect(mounted[2]?.selected).toBe('personalized')
})

it('selects Original on a lesson that the learner left and comes back to', async () => {
  document.body.append(lesson('One'))
  watch()
  ;(mounted[0] as (typeof mounted)[0]).view.selected = 'personalized'
  for (const shown of [paragraph('The first page.'), lesson('One')]) {
    history.pushState(null, '', shown.localName === 'p' ? '/book' : '/book/one')
    document.body.replaceChildren(shown)
    await rest()
  }
  expect(mounted.map(({ selected }) => selected)).toEqual([undefined, undefined])
})

it('takes the tabs away where the lesson is gone', async () => {
  document.body.append(lesson('One'))
  const watching = watch()
  document.querySelector('article')?.remove()
  await rest()
  expect(mounted[0]?.view.destroy).toHaveBeenCalledOnce()
  expect(watching.view).toBeUndefined()
})

it('does not fight a page that takes the bar out again and again', async () => {
  document.body.append(lesson('One'))
  watch()
  for (let i = 0; i < 20; i++) {
    ;(mounted.at(-1) as (typeof mounted)[0]).view.isIntact = false
    document.body.append('x')
    await rest()
  }
  expect(mounted.length).toBeLessThan(12)
})

it('ends with its signal', async () => {
  document.body.append(lesson('One'))
  watch()
  controller.abort()
  document.querySelector('article')?.replaceWith(lesson('Two'))
  await rest()
  expect(mounted.length).toBe(1)
  expect(mounted[0]?.view.destroy).toHaveBeenCalledOnce()
})
