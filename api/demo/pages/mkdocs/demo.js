// Stands in for Material for MkDocs' own scripts: the colour scheme and the line below the chosen tab.
const dark = matchMedia('(prefers-color-scheme: dark)').matches
document.body.dataset.mdColorScheme = dark ? 'slate' : 'default'

function underlineChosenTab(tabs) {
  const [chosen] = tabs.querySelector('input:checked').labels
  tabs.style.setProperty('--md-indicator-x', `${chosen.offsetLeft}px`)
  tabs.style.setProperty('--md-indicator-width', `${chosen.offsetWidth}px`)
}

document.addEventListener('DOMContentLoaded', () => {
  for (const tabs of document.querySelectorAll('.tabbed-set')) underlineChosenTab(tabs)
})
document.addEventListener('change', ({ target }) => {
  const tabs = target.closest('.tabbed-set')
  if (tabs) underlineChosenTab(tabs)
})
