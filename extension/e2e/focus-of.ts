/** What has the focus, as its learner takes it to be. */
export type Focus = {
  /** The element's name in HTML. */
  element: string
  /** What it is called. */
  label: string
  /** Whether it is shown that it has the focus. */
  isShown: boolean
  /** Whether it is pressed, checked, opened or selected. */
  isOn: boolean
}

/** What has the focus in a page, or in the tabs above its lesson. It runs in the page: it sees nothing else. */
export function focusOf(root: DocumentOrShadowRoot = document): Focus | null {
  const focused = root.activeElement
  if (focused === null || focused === document.body) return null
  const isInput = focused instanceof HTMLInputElement
  const named = isInput ? focused.labels?.[0] : focused
  const label = focused.getAttribute('aria-label') ?? named?.textContent ?? ''
  const { outlineStyle, boxShadow } = getComputedStyle(focused.closest('.choice') ?? focused)
  const states = ['aria-pressed', 'aria-checked', 'aria-expanded', 'aria-selected']
  return {
    element: focused.localName,
    label: label.trim(),
    isShown: outlineStyle !== 'none' || boxShadow !== 'none',
    isOn: (isInput && focused.checked) || states.some((state) => focused.getAttribute(state) === 'true'),
  }
}
