import type { LessonWords } from './lesson-words.ts'

/** Nobody looks at anything smaller (pixels). */
const SPECK = 8

/** Called when the learner wants to see an element of the lesson that only Original shows. */
export type OriginalWanted = (element: Element) => void

/** What each element is to its reader. */
const kinds = {
  iframe: 'page',
  frame: 'page',
  video: 'video',
  audio: 'audio',
  canvas: 'drawing',
  object: 'object',
  embed: 'object',
} as const

export type PlaceholderKind = (typeof kinds)[keyof typeof kinds] | 'element'

/**
 * What an element is that must not run twice, if it is one: embedded pages, media, drawings, and custom elements
 * that draw all they show themselves. Two of them would play, count and answer messages twice.
 */
export function placeholderKind(element: Element): PlaceholderKind | undefined {
  const name = element.localName
  if (Object.hasOwn(kinds, name)) return kinds[name as keyof typeof kinds]
  if (!isLiveCustomElement(element)) return undefined
  const drawsItself = element.shadowRoot !== null || element.childNodes.length === 0
  return drawsItself && !element.querySelector('p, li, h1, h2, h3, h4, h5, h6, pre') ? 'element' : undefined
}

/** Whether a copy would run the page's code. A name that is only marked up, as MathJax's `mjx-container`, does not. */
export function isLiveCustomElement(element: Element): boolean {
  const isHtml = element.namespaceURI?.endsWith('/xhtml') ?? false
  return isHtml && element.localName.includes('-') && element.matches(':defined')
}

export type PlaceholderOptions = { words: LessonWords; onOriginalWanted: OriginalWanted }

/** A button of the element's size that brings Original back; nothing where the element shows nothing either. */
export function createPlaceholder(
  element: Element,
  kind: PlaceholderKind,
  { words, onOriginalWanted }: PlaceholderOptions,
): Element {
  const document = element.ownerDocument
  const { width, height } = element.getBoundingClientRect()
  if (isUnseen(element, width, height)) return document.createElement('template')
  const button = document.createElement('button')
  button.type = 'button'
  button.setAttribute('data-lectern-placeholder', kind)
  if (element.id !== '') button.id = element.id
  button.lang = words.language
  button.textContent = words.placeholders[kind]
  if (height > 0) button.style.setProperty('--lectern-height', `${height}px`)
  if (width > 0) button.style.setProperty('--lectern-width', `${width}px`)
  // A learner's click alone: the page's scripts can reach what stands in its lesson.
  button.addEventListener('click', ({ isTrusted }) => isTrusted && onOriginalWanted(element))
  return button
}

/** Frames of a pixel count visitors. What is only in a closed panel has no box, but will be seen. */
function isUnseen(element: Element, width: number, height: number): boolean {
  const display = element.ownerDocument.defaultView?.getComputedStyle(element).display
  if (display === 'none') return true
  return element.getClientRects().length > 0 && (width < SPECK || height < SPECK)
}
