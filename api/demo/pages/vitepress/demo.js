// Stands in for VitePress' own scripts: the appearance, the tabs of code groups, the sidebar on small screens.
const page = document.documentElement
const stored = localStorage.getItem('vitepress-theme-appearance')
const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'

function toggleAppearance() {
  const dark = page.classList.toggle('dark')
  localStorage.setItem('vitepress-theme-appearance', dark ? 'dark' : 'light')
}

function showChosenTab(group) {
  const tabs = group.querySelectorAll('.tabs input')
  const blocks = group.querySelectorAll('.blocks > div')
  for (const [index, block] of blocks.entries()) block.classList.toggle('active', tabs[index].checked)
}

page.classList.toggle('dark', (stored ?? system) === 'dark')
// A browser restores the chosen tab of a reloaded page, but not its block.
addEventListener('pageshow', () => {
  for (const group of document.querySelectorAll('.vp-code-group')) showChosenTab(group)
})
document.addEventListener('change', ({ target }) => {
  const group = target.closest('.vp-code-group')
  if (group) showChosenTab(group)
})
document.addEventListener('click', ({ target }) => {
  if (target.closest('.VPSwitchAppearance')) toggleAppearance()
  const opens = target.closest('.VPLocalNav .menu') !== null
  if (opens || !target.closest('.VPSidebar')) document.querySelector('.VPSidebar').classList.toggle('open', opens)
})
