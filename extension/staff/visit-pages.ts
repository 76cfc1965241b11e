export type VisitPorts<R> = {
  /** Opens a page in a tab of its own, and gives the tab once the page is there. */
  open(url: string): Promise<number>
  read(tab: number, url: string): Promise<R>
  close(tab: number): Promise<void>
  /** Lets the site rest between two pages, and a page's scripts run before it is read. */
  rest(): Promise<void>
}

/**
 * Opens pages one after the other, reads each and closes it again. Each is told as it is done; after `signal` no
 * other is opened.
 */
export async function visitPages<R>(
  urls: readonly string[],
  { open, read, close, rest }: VisitPorts<R>,
  { signal, onPage }: { signal: AbortSignal; onPage: (url: string, read: R) => void },
): Promise<void> {
  for (const url of urls) {
    if (signal.aborted) return
    const tab = await open(url)
    await rest()
    const page = await read(tab, url)
    await close(tab)
    onPage(url, page)
  }
}
