/** What may be asked of a form here. Names that honest fields have, like `id`, `role` or `children`, never are. */
const asked = /[A-Z]|^(attributes|closest|contains|matches|(ap|pre)pend)$/

/**
 * Whether a field of a form stands in the way of what every element has: in Chromium a form's `parentElement` is its
 * field of that name, for content scripts too, and a walk through the page goes round in circles or stops. Firefox
 * shows them the real ones.
 */
export function hasClobberedForm(document: Document): boolean {
  return [...document.querySelectorAll('form')].some(isClobbered)
}

function isClobbered(form: HTMLFormElement): boolean {
  const named: object = form
  for (const name in named) if (asked.test(name) && Object.hasOwn(form, name)) return true
  return false
}
