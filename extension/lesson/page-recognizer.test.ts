// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest'
import { recognize } from '../sites/recognize.ts'
import { PageRecognizer } from './page-recognizer.ts'

let pages: PageRecognizer

beforeEach(() => {
  history.replaceState(null, '', '/book/one')
  say('A loop repeats a block.')
  pages = new PageRecognizer({}, () => recognize(document, location.href))
})

function say(words: string): void {
  const paragraph = document.createElement('p')
  paragraph.textContent = words
  document.body.replaceChildren(paragraph)
}

const isLesson = () => pages.recognize().lesson

it('takes the learner’s word for the page that it was given for', () => {
  expect(isLesson()).toBe(false)
  expect(pages.insist()).toMatchObject({ lesson: true, root: document.body })
  expect(isLesson()).toBe(true)
  say('The framework has rendered it again.')
  history.pushState(null, '', '/book/one#part')
  expect(isLesson()).toBe(true)
})

it('forgets it at the next page', () => {
  pages.insist()
  history.pushState(null, '', '/book/two')
  expect(isLesson()).toBe(false)
  history.pushState(null, '', '/book/one')
  expect(isLesson()).toBe(false)
})

it('does not take it for a page without prose, whatever comes there', () => {
  say('')
  expect(pages.insist()).toEqual({ lesson: false, reason: 'short' })
  say('A loop repeats a block.')
  expect(isLesson()).toBe(false)
})

it('shows a lesson on request only where it was asked for, and as the site has it', () => {
  const prose = 'A loop repeats a block of statements until a condition holds. '.repeat(20)
  const sheet = document.createElement('div')
  sheet.className = 'sheet'
  say(prose)
  document.body.prepend(sheet)
  sheet.append(...document.querySelectorAll('p'))
  const site = { on_request: true, lesson: '.sheet' }
  pages = new PageRecognizer(site, () => recognize(document, location.href, site))
  expect(isLesson()).toBe(false)
  expect(pages.insist()).toMatchObject({ lesson: true, root: document.querySelector('.sheet') })
  expect(isLesson()).toBe(true)
  history.pushState(null, '', '/book/two')
  expect(isLesson()).toBe(false)
})
