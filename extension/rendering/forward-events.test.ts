// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { extractMarked } from './testing/extract-marked.ts'
import { createTestClone } from './testing/test-clone.ts'

beforeEach(() => {
  document.documentElement.lang = 'en'
  document.body.replaceChildren()
})

function open(html: string) {
  document.body.innerHTML = `<main><article>${html}<p data-block="paragraph">Words of the author.</p></article></main>`
  const root = document.querySelector('article') as Element
  const lesson = extractMarked(root)
  const clone = createTestClone(lesson)
  const index = lesson.blocks.findIndex(({ block }) => block.text === 'Words of the author.')
  clone.applyBlock(index, { status: 'rewritten', inline: 'Other words.' })
  clone.show()
  const shown = document.querySelector('[data-lectern-clone]') as Element
  const inClone = (selector: string) => shown.querySelector(selector) as HTMLElement
  const inOriginal = (selector: string) => root.querySelector(selector) as HTMLElement
  return { root, clone, shown, inClone, inOriginal }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

const tabs = `<div class="tabs"><button role="tab" aria-selected="true">A</button><button role="tab" aria-selected="false">B</button>
  <div id="a"><pre data-block="code">a</pre></div><div id="b" hidden><pre data-block="code">b</pre></div></div>`

/** Tabs as scripts write them: listeners on the buttons, panels found by id. */
function listenToTabs({ root }: { root: Element }): void {
  const buttons = [...root.querySelectorAll('[role=tab]')]
  for (const [chosen, button] of buttons.entries())
    button.addEventListener('click', () => {
      for (const [i, one] of buttons.entries()) one.setAttribute('aria-selected', String(i === chosen))
      for (const [i, id] of ['a', 'b'].entries())
        document.getElementById(id)?.toggleAttribute('hidden', i !== chosen)
    })
}

describe('a click in the clone', () => {
  it('opens the tab in the original, as its scripts do, and so in the clone', async () => {
    const page = open(tabs)
    listenToTabs(page)
    page.inClone('[role=tab]:nth-child(2)').click()
    await settled()
    for (const find of [page.inClone, page.inOriginal]) {
      expect(find('#a').hidden).toBe(true)
      expect(find('#b').hidden).toBe(false)
      expect(find('[role=tab]:nth-child(2)').getAttribute('aria-selected')).toBe('true')
    }
    expect(page.shown.textContent).toContain('Other words.')
    page.clone.hide()
    expect(page.root.getAttributeNames()).toEqual([])
    expect(page.inOriginal('#b').hidden).toBe(false)
  })

  it('reaches scripts once, wherever they listen', () => {
    const { inClone, inOriginal } = open('<pre data-block="code"><button>Copy</button></pre>')
    const heard: EventTarget[] = []
    const listen = ({ target }: Event) => heard.push(target as EventTarget)
    document.addEventListener('click', listen)
    inClone('button').click()
    document.removeEventListener('click', listen)
    expect(heard.length).toBe(1)
    expect(heard[0]).toBe(inOriginal('button'))
  })

  it('shows what a script makes of a fixed block, at once and later', async () => {
    const { inClone, inOriginal } = open(
      '<pre data-block="code"><code>1 + 1</code><button class="run">Run</button></pre>',
    )
    inOriginal('button').addEventListener('click', () => {
      inOriginal('button').className = 'running'
      setTimeout(() => {
        const output = document.createElement('samp')
        output.append('2')
        inOriginal('code').after(output)
        inOriginal('button').replaceChildren('Run again')
      })
    })
    inClone('button').focus()
    inClone('button').click()
    await settled()
    await settled()
    expect(document.activeElement).toBe(inClone('button'))
    expect(inClone('pre').innerHTML).toBe(
      '<code>1 + 1</code><samp>2</samp><button class="running">Run again</button>',
    )
  })

  it('sorts the rows of a table', async () => {
    const { inClone, inOriginal } = open(
      '<table data-block="table"><thead><tr><th>n</th></tr></thead><tbody><tr id="r2"></tr><tr id="r1"></tr></tbody></table>',
    )
    inOriginal('th').addEventListener('click', () => inOriginal('tbody').prepend(inOriginal('#r1')))
    inClone('th').click()
    await settled()
    expect([...inClone('tbody').children].map(({ id }) => id)).toEqual(['r1', 'r2'])
  })

  it.each([
    ['a link that a script routes', true],
    ['a link that nobody listens to', false],
  ])('on %s', (_, isRouted) => {
    const { inClone, inOriginal, clone } = open(
      '<p data-block="paragraph">See <a href="#next">there</a>.</p>',
    )
    clone.applyBlock(0, { status: 'rewritten', inline: 'Go [there *now*](#1).' })
    const route = vi.fn((event: Event) => event.preventDefault())
    if (isRouted) inOriginal('a').addEventListener('click', route)
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true })
    const hear = vi.fn((event: Event) => event.defaultPrevented)
    inClone('a em').addEventListener('click', hear)
    inClone('a em').dispatchEvent(click)
    expect(click.defaultPrevented).toBe(isRouted)
    expect(route.mock.calls.length).toBe(isRouted ? 1 : 0)
    if (isRouted) expect(route.mock.calls[0]?.[0]).toMatchObject({ ctrlKey: true, type: 'click' })
  })

  it('on a control or a fold stays in the clone', () => {
    const { inClone, inOriginal, clone } = open(
      '<p data-block="paragraph">One. Two.</p><label><input type="checkbox"></label><form><button>Send</button></form>',
    )
    clone.applyBlock(0, { status: 'folded' })
    const heard = vi.fn((event: Event) => event.preventDefault())
    for (const selector of ['input', 'label', 'form button', 'p'])
      inOriginal(selector).addEventListener('click', heard)
    inClone('form').addEventListener('submit', (event) => event.preventDefault())
    for (const selector of ['input', 'form button', '[data-lectern-fold] button']) inClone(selector).click()
    expect(heard).not.toHaveBeenCalled()
    expect((inClone('input') as HTMLInputElement).checked).toBe(true)
    expect((inOriginal('input') as HTMLInputElement).checked).toBe(false)
    expect(inClone('[data-lectern-fold] button').getAttribute('aria-expanded')).toBe('true')
  })
})

it('a key on a tab reaches the original, and where that moves the focus, so does the clone', () => {
  const { inClone, inOriginal } = open(
    '<ul data-block="code"><li role="tab" tabindex="0">A</li><li role="tab" tabindex="-1">B</li></ul>',
  )
  inOriginal('li').addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowRight') inOriginal('li + li').focus()
  })
  inClone('li').focus()
  inClone('li').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }))
  expect(document.activeElement).toBe(inClone('li + li'))
})

describe('what a script changes by itself', () => {
  it('is in the clone at the next look, except in prose', async () => {
    const { root, clone, inClone, inOriginal } = open(tabs)
    clone.hide()
    listenToTabs({ root })
    inOriginal('[role=tab]:nth-child(2)').click()
    inOriginal('p').textContent = 'Words that a script wrote.'
    await settled()
    clone.show()
    expect(inClone('#b').hidden).toBe(false)
    expect(inClone('p').textContent).toBe('Other words.')
  })

  it('because its lesson is hidden stays out of the clone', async () => {
    const { clone, inClone, inOriginal } = open(tabs)
    inOriginal('pre').setAttribute('style', 'width: 0px')
    await settled()
    expect(inClone('pre').getAttribute('style')).toBeNull()
    clone.close()
    inOriginal('pre').className = 'late'
    await settled()
    clone.show()
    expect(inClone('pre').className).toBe('')
  })
})
