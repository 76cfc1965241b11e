/** What is waited for, or the signal's reason, whichever comes first. */
export async function unlessAborted<T>(wanted: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  try {
    return await Promise.race([wanted, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
