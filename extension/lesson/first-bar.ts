import { i18n, uiDirection, uiLanguage } from '../locales/i18n.ts'
import { adoptStyles } from '../rendering/adopt-styles.ts'
import { keepLook } from './bar-look.ts'
import { alignBar, placeBar } from './bar-place.ts'
import { takeLearnersEventsOnly } from './learners-events.ts'
import type { Tab } from './lesson-store.ts'
import { menuGlyph } from './menu-glyph.ts'
import { tabBarStyles } from './tab-bar-styles.ts'

const buttons = ['original', 'personalized', 'menu'] as const satisfies (Tab | 'menu')[]
/** What of the bar was pressed. */
type Pressed = (typeof buttons)[number]

/** A bar that stands above a lesson in its look and shows its tabs, which do nothing yet. */
export type FirstBar = {
  root: Element
  bar: HTMLElement
  shadow: ShadowRoot
  /**
   * Takes these tabs away for those that `container` shows, where the focus is then what it was here. Gives what was
   * pressed meanwhile, if anything was.
   */
  giveWay(container: Element): Pressed | undefined
  /** Gives the bar the place and width of what is shown of the lesson. */
  align(shown: Element): void
  /** Takes the bar out of the page. */
  remove(): void
}

/**
 * Shows the bar above a lesson, as `TabBar` shows it first. The script of a whole lesson view is too large to be
 * waited for: evaluating React takes longer than all else before the tabs are seen.
 */
export function showFirstBar(root: Element): FirstBar {
  const { ownerDocument } = root
  const bar = ownerDocument.createElement('div')
  bar.setAttribute('data-lectern-tabs', '')
  const shadow = bar.attachShadow({ mode: 'closed' })
  adoptStyles(shadow, tabBarStyles)
  takeLearnersEventsOnly(shadow)
  const tabs = shadow.appendChild(firstTabs(ownerDocument))
  let pressed: Pressed | undefined
  tabs.addEventListener('click', ({ target }) => {
    const at = buttonsOf(tabs).findIndex((button) => button.contains(target as Node))
    pressed = buttons[at] ?? pressed
  })
  const ended = new AbortController()
  placeBar(bar, root)
  keepLook(bar, root, ended.signal)
  alignBar(bar, root)
  return {
    root,
    bar,
    shadow,
    giveWay(container) {
      const reached = buttonsOf(tabs).indexOf(shadow.activeElement as HTMLElement)
      tabs.remove()
      buttonsOf(container)[reached]?.focus()
      return pressed
    },
    align: (shown) => alignBar(bar, shown),
    remove() {
      ended.abort()
      bar.remove()
    },
  }
}

function buttonsOf(tabs: Element): HTMLElement[] {
  return [...tabs.querySelectorAll('button')]
}

function firstTabs(document: Document): Element {
  const create = (name: string, attributes: Record<string, string>, ...children: (Element | string)[]) =>
    filled(document.createElement(name), attributes, children)
  const tab = (name: string, selected: string, tabindex: string) =>
    create('button', { role: 'tab', 'aria-selected': selected, tabindex }, name)
  const tabs = [
    tab(i18n.t('lesson.original'), 'true', '0'),
    tab(i18n.t('lesson.personalized'), 'false', '-1'),
  ]
  const list = create(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': i18n.t('lesson.version') },
    ...tabs,
  )
  const more = create(
    'button',
    { class: 'more', 'aria-haspopup': 'menu', 'aria-label': i18n.t('lesson.menu') },
    glyph(document),
  )
  const row = create('div', { class: 'row' }, list, more)
  return create('div', { class: 'bar', lang: uiLanguage(), dir: uiDirection() }, row)
}

function glyph(document: Document): Element {
  const create = (name: string) => document.createElementNS('http://www.w3.org/2000/svg', name)
  const path = filled(create('path'), { d: menuGlyph }, [])
  return filled(create('svg'), { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, [path])
}

function filled(
  element: Element,
  attributes: Record<string, string>,
  children: (Element | string)[],
): Element {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}
