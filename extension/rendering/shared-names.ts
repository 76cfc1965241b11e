/** Before the names that the clone has for itself. */
const PREFIX = 'lectern:'

/** What HTML lets belong to a form by the form's id; `form` on an operator of MathML is something else. */
const CONTROLS = 'button, fieldset, input, object, output, select, textarea'

/**
 * Renames in a clone what would share state with the original while both are in the document:
 *
 * - radio buttons of one name uncheck each other, unless each stands in a form of its own;
 * - `<details name>` close each other;
 * - a control's `form="id"` finds the first form of that id, also the original's control the clone's form;
 * - forms and images of one name change what `document.name` gives the page's scripts.
 *
 * Other ids stay, because the page's style sheet and `#links` name them. The clone stands before the original,
 * so a label's `for`, `aria-*`, SVG's `url(#...)` and `use` find the clone's elements by the document's order.
 */
export function renameSharedNames(clone: Element): void {
  for (const radio of clone.querySelectorAll('input[type="radio" i][name]'))
    if (radio.hasAttribute('form') || radio.closest('form') === null) prefix(radio, 'name')
  for (const named of clone.querySelectorAll('details[name], form[name], img[name]')) prefix(named, 'name')
  for (const control of clone.querySelectorAll(CONTROLS))
    if (control.hasAttribute('form')) giveOwnForm(clone, control)
}

function prefix(element: Element, attribute: string): void {
  const value = element.getAttribute(attribute) ?? ''
  if (value !== '' && !value.startsWith(PREFIX)) element.setAttribute(attribute, PREFIX + value)
}

/** A control of a form outside the lesson belongs to no form in the clone: it must not be sent twice. */
function giveOwnForm(clone: Element, control: Element): void {
  const id = control.getAttribute('form') ?? ''
  const ids = new Set([id, PREFIX + id])
  const form = [...clone.querySelectorAll('form[id]')].find((candidate) => ids.has(candidate.id))
  if (form !== undefined) prefix(form, 'id')
  prefix(control, 'form')
}
