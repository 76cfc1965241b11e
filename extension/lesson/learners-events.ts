/** What a learner does in the tabs with pointer, keys or an assistive technology. */
const types =
  'click dblclick pointerdown pointerup mousedown mouseup keydown keypress keyup input change submit'

/**
 * Lets no event through to what stands in a closed shadow root but a learner's own. A page's scripts are let in there
 * by `window.find()`: in Firefox the selection that it makes names the very node that it found (seen in Firefox 153).
 */
export function takeLearnersEventsOnly(root: ShadowRoot): void {
  for (const type of types.split(' '))
    root.addEventListener(type, (event) => event.isTrusted || refuse(event), { capture: true })
}

function refuse(event: Event): void {
  event.stopImmediatePropagation()
  event.preventDefault()
}
