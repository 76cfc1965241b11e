import { finder } from '@medv/finder'

/** The longest that the API takes. */
const LONGEST = 200
/** What a page says of an element's state at a moment, not of what it is. */
const STATES =
  /^(?:active|current|open|opened|closed|collapsed|expanded|hidden|visible|selected|focus|hover|loaded|loading|no-js|js)$|^(?:is|has)-/i

/**
 * Whether an id or a class looks as if the site's author gave it: words of letters. Numbers count pages, and builds
 * make names anew of digits and letters without vowels.
 */
export function isStableName(name: string): boolean {
  if (!/^[a-z][a-z_-]+$/i.test(name) || name.length > 40 || STATES.test(name)) return false
  return name.split(/[-_]+|(?<=[a-z])(?=[A-Z])/).every((word) => !/[^aeiouy]{5,}/i.test(word))
}

/** A short selector that finds this element alone, by names that look stable; nothing where there is none. */
export function proposeSelector(element: Element): string | undefined {
  try {
    const selector = finder(element, {
      root: element.ownerDocument.documentElement,
      idName: isStableName,
      className: isStableName,
      attr: (name, value) => /^(?:role|itemprop)$/.test(name) && isStableName(value),
      timeoutMs: 500,
    })
    return selector.length > LONGEST ? undefined : selector
  } catch {
    // It has no selector, or none was found in time.
    return undefined
  }
}

/**
 * A selector for what recurs in each lesson, such as a pager: by a class that only elements of its kind have within
 * the lesson; else for this element alone.
 */
export function proposeRecurring(element: Element, lesson: Element): string | undefined {
  const alike = [...element.classList].find((name) => {
    if (!isStableName(name)) return false
    const same = [...lesson.getElementsByClassName(name)]
    return same.every(
      (one) => one.localName === element.localName && !one.contains(element) === (one !== element),
    )
  })
  return alike === undefined ? proposeSelector(element) : `${element.localName}.${alike}`
}
