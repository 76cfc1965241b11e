/** How often a page is looked at under one address, and how much later each time (milliseconds). */
const looks = { most: 10, later: 300 } as const

/**
 * Looks at the page now, and again as it changes: a lesson may be rendered late, or be reached without a new
 * document. Ends when `look` found what it looks for or failed (the extension is gone), or by the function it gives.
 */
export function watchPage(look: () => Promise<boolean>): () => void {
  let address = location.href
  let looked = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const observer = new MutationObserver(() => {
    if (location.href !== address) {
      address = location.href
      looked = 0
    }
    if (looked < looks.most) timer ??= setTimeout(lookAgain, looks.later * looked)
  })

  async function lookAgain(): Promise<void> {
    looked += 1
    const found = await look().catch(() => true)
    timer = undefined
    if (found) stop()
  }

  function stop(): void {
    observer.disconnect()
    clearTimeout(timer)
  }

  observer.observe(document, { childList: true, subtree: true })
  timer = setTimeout(lookAgain)
  return stop
}
