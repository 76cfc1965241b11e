// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { isStableName, proposeRecurring, proposeSelector } from './propose-selector.ts'

// jsdom has none; what is proposed are plain words, which need no escape.
vi.stubGlobal('CSS', { escape: (name: string) => name })

beforeEach(() => {
  document.body.replaceChildren()
})

/** Shows markup, and gives what stands at `[at]` in it. */
function at(markup: string): Element {
  document.body.append(...new DOMParser().parseFromString(markup, 'text/html').body.childNodes)
  const element = document.querySelector('[at]')
  if (element === null) throw new Error('nothing stands at [at]')
  return element
}

describe('a name', () => {
  it.each(['content', 'main-content', 'lessonBody', 'md-content__inner', 'toc'])('%s is stable', (name) => {
    expect(isStableName(name)).toBe(true)
  })
  it.each(['section-2', 'css-1x2y3z', 'sc-bdvvtL', 'is-open', 'active', 'x', 'ember1234', 'jqxzkvbn'])(
    '%s is not',
    (name) => expect(isStableName(name)).toBe(false),
  )
})

describe('the selector of a lesson', () => {
  it.each([
    ['<nav></nav><div id="content" class="css-1x2" at></div>', '#content'],
    ['<div><div id="page-37" class="lesson active" at></div></div><div></div>', '.lesson'],
    ['<main at></main><aside></aside>', 'main'],
    ['<div role="main" at></div><div></div>', '[role="main"]'],
    ['<div id="wrap"><p></p><article at></article></div><article></article>', '#wrap > article'],
  ])('%s', (markup, selector) => {
    const element = at(markup)
    expect(proposeSelector(element)).toBe(selector)
    expect([...document.querySelectorAll(selector)]).toEqual([element])
  })

  it('is found where nothing has a name, and is that of one element', () => {
    const element = at('<div><div></div><div><div></div><div at></div></div></div>')
    const selector = proposeSelector(element) ?? ''
    expect([...document.querySelectorAll(selector)]).toEqual([element])
  })

  it('is none where it would be longer than the API takes', () => {
    const name = `${'wordy-'.repeat(6)}x`
    let markup = '<p at></p><p></p>'
    for (let i = 0; i < 30; i++) markup = `<div class="${name}"><div class="${name}"></div>${markup}</div>`
    expect((proposeSelector(at(markup)) ?? '').length).toBeLessThanOrEqual(200)
  })
})

describe('the selector of what recurs', () => {
  it('is that of all its kind', () => {
    const element = at('<main><div class="pager" at></div><p></p><div class="pager"></div></main>')
    expect(proposeRecurring(element, document.body)).toBe('div.pager')
  })

  it('is that of the element alone where its class is on other elements, or has no sense', () => {
    const element = at('<main><div class="box" at></div><p class="box"></p></main>')
    expect([...document.querySelectorAll(proposeRecurring(element, document.body) ?? '')]).toEqual([element])
  })
})
