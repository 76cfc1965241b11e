/** Changes all that a learner can change on a page and that no markup need say. */
export function stirLesson(): void {
  for (const image of document.querySelectorAll('img')) image.loading = 'eager'
  for (const details of document.querySelectorAll('details')) details.open = !details.open
  for (const input of document.querySelectorAll('input')) {
    if (/^(checkbox|radio)$/.test(input.type)) input.checked = true
    else if (/^(text|search|number)$/.test(input.type)) input.value = '7'
  }
  for (const area of document.querySelectorAll('textarea')) area.value = 'typed'
  for (const select of document.querySelectorAll('select')) select.selectedIndex = select.options.length - 1
  for (const listing of document.querySelectorAll('pre, code')) listing.scrollLeft = 30
  document.documentElement.scrollTo({ top: document.documentElement.scrollHeight * 0.4, behavior: 'instant' })
}

/** The page as it stands: its markup, what is chosen, open and typed, and how far everything is scrolled. */
export function lessonState() {
  const all = [...document.querySelectorAll('*')]
  return {
    markup: document.documentElement.outerHTML,
    checked: [...document.querySelectorAll('input')].map((input) => [input.checked, input.indeterminate]),
    open: [...document.querySelectorAll('details')].map((details) => details.open),
    values: [...document.querySelectorAll<HTMLInputElement>('input, textarea, select')].map(
      ({ value }) => value,
    ),
    scrolled: all.flatMap((element, i) => {
      const { scrollLeft, scrollTop } = element
      return scrollLeft === 0 && scrollTop === 0 ? [] : [[i, scrollLeft, scrollTop]]
    }),
  }
}
