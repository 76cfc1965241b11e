// Stands in for the Read the Docs theme's own script: the navigation on small screens.
document.addEventListener('click', ({ target }) => {
  if (!target.closest('[data-toggle="wy-nav-top"]')) return
  for (const part of document.querySelectorAll('[data-toggle="wy-nav-shift"]')) part.classList.toggle('shift')
})
