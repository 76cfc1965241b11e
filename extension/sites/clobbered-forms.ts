/** Names that fields of honest forms have, and that nothing here asks of a form. */
const harmless = new Set(
  'id role part prefix slot children before after remove scroll animate normalize'.split(' '),
)

/**
 * Whether a field of a form stands in the way of what every element has: in Chromium a form's `parentElement` is its
 * field of that name, for content scripts too, and a walk through the page goes round in circles or stops. Firefox
 * shows them the real ones.
 */
export function hasClobberedForm(document: Document): boolean {
  return [...document.querySelectorAll('form')].some(isClobbered)
}

function isClobbered(form: HTMLFormElement): boolean {
  for (const name in Element.prototype) if (!harmless.has(name) && Object.hasOwn(form, name)) return true
  return false
}
