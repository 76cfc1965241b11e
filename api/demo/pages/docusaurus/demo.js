// Stands in for Docusaurus' own scripts: the colour mode and the table of contents on small screens.
const page = document.documentElement
const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'

function setColorMode(mode) {
  page.dataset.theme = mode
  page.dataset.themeChoice = mode
}

function toggleColorMode() {
  const mode = page.dataset.theme === 'dark' ? 'light' : 'dark'
  localStorage.setItem('theme', mode)
  setColorMode(mode)
}

function toggleContents(button) {
  const contents = button.parentElement
  if (!contents.classList.toggle('tocCollapsibleExpanded_sAul')) {
    button.nextElementSibling.remove()
    return
  }
  const list = document.createElement('div')
  list.className = 'tocCollapsibleContent_vkbj'
  list.append(document.querySelector('.table-of-contents').cloneNode(true))
  button.after(list)
}

setColorMode(localStorage.getItem('theme') ?? system)
document.addEventListener('click', ({ target }) => {
  if (target.closest('.colorModeToggle_DEke')) toggleColorMode()
  const button = target.closest('.tocCollapsibleButton_TO0P')
  if (button) toggleContents(button)
})
