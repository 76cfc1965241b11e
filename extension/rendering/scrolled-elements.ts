/** How far an element within the lesson is scrolled, such as a wide listing. */
export type ScrolledElement = { element: Element; left: number; top: number }

/**
 * The elements of a tree that are scrolled. To be asked while it is displayed, for its copy; an element that is
 * hidden and shown again has kept its own position (measured in Chromium 156 and Firefox 153).
 */
export function scrolledElements(root: Element): ScrolledElement[] {
  return [root, ...root.querySelectorAll('*')]
    .map((element) => ({ element, left: element.scrollLeft, top: element.scrollTop }))
    .filter(({ left, top }) => left !== 0 || top !== 0)
}
