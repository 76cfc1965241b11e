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

  async function lookAgain(): Promise<void> {
    if (address !== addressNow()) {
      address = addressNow()
      await arrive()
    }
    timer = undefined
    if (!pace.look(look)) return
    stop()
    await found()
  }

  function lookOrEnd(): void {
    lookAgain().catch(stop)
  }

  function stop(): void {
    observer.disconnect()
    clearTimeout(timer)
  }

  observer.observe(document, { childList: true, subtree: true })
  timer = setTimeout(lookOrEnd)
  return stop
}

/** Rules of sites name no fragment. */
function addressNow(): string {
  return location.origin + location.pathname + location.search
}
