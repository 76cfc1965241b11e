/** Bytes and milliseconds that a host's word about itself may take. */
const limits = { bytes: 64 * 1024, time: 5000 } as const

/** What a host answered: `none` has nothing to say, `away` could not be asked. */
export type SiteAnswer =
  | { state: 'text'; text: string; etag: string | null; headers: Headers }
  | { state: 'unchanged' }
  | { state: 'none' }
  | { state: 'away' }

/**
 * Asks a host for a small text of its own, as nobody in particular: without cookies or a referrer. A redirect, which
 * could lead to another host, is no answer, nor is what is too large.
 */
export async function fetchOfSite(
  url: string,
  { etag = null, method = 'GET' }: { etag?: string | null; method?: 'GET' | 'HEAD' } = {},
): Promise<SiteAnswer> {
  try {
    const response = await fetch(url, {
      method,
      credentials: 'omit',
      redirect: 'manual',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      headers: etag === null ? {} : { 'If-None-Match': etag },
      signal: AbortSignal.timeout(limits.time),
    })
    if (response.status === 304) return { state: 'unchanged' }
    if (response.status >= 500) return { state: 'away' }
    if (!response.ok) return { state: 'none' }
    const text = await readText(response)
    const tag = response.headers.get('etag')
    return text === undefined
      ? { state: 'none' }
      : {
          state: 'text',
          text,
          etag: tag !== null && tag.length <= 300 ? tag : null,
          headers: response.headers,
        }
  } catch {
    return { state: 'away' }
  }
}

/** The body as far as it is not too large. */
async function readText({ body }: Response): Promise<string | undefined> {
  if (body === null) return ''
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let [text, bytes] = ['', 0]
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.length
    if (bytes > limits.bytes) {
      await reader.cancel()
      return undefined
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}
