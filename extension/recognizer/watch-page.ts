import { LookPace } from '../sites/look-pace.ts'

export type PageWatchOptions = {
  /** Readies `look` for the address that the page has come to. */
  arrive(): Promise<void>
  /** Whether the page is now what is looked for. */
  look(): boolean
  /** Called once, after which nothing is watched any more. */
  found(): Promise<void>
}

/**
 * Looks at the page now, and again as it changes: a lesson may be rendered late, or be reached without a new
 * document. Ends when it was found or a call failed (the extension is gone), or by the function that it gives.
 */
export function watchPage({ arrive, look, found }: PageWatchOptions): () => void {
  const pace = new LookPace()
  let address: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const observer = new MutationObserver(() => {
    timer ??= setTimeout(lookOrEnd, pace.delay)
  })
  const stop = () => {
    observer.disconnect()
    clearTimeout(timer)
  }
  const lookOrEnd = () => void lookAgain().catch(stop)

  async function lookAgain(): Promise<void> {
    // Rules of sites name no fragment.
    const [now] = location.href.split('#')
    if (address !== now) {
      address = now
      await arrive()
    }
    timer = undefined
    if (!pace.look(look)) return
    stop()
    await found()
  }

  observer.observe(document, { childList: true, subtree: true })
  timer = setTimeout(lookOrEnd)
  return stop
}
