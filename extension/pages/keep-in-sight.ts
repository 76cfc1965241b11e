/**
 * Scrolls to what the page's address names after `#`, and again while what stands above it is still arriving; until
 * the learner does something. The browser itself looks for it once, before the page is drawn.
 */
export function keepInSight(): void {
  const target = document.getElementById(location.hash.slice(1))
  if (target === null) return
  const acted = new AbortController()
  const observer = new ResizeObserver(() => target.scrollIntoView())
  observer.observe(document.body)
  for (const act of ['wheel', 'touchstart', 'pointerdown', 'keydown'])
    addEventListener(act, () => acted.abort(), { passive: true, signal: acted.signal })
  acted.signal.addEventListener('abort', () => observer.disconnect(), { once: true })
}
