import autocannon from 'autocannon'

/** So many requests over so many connections, each with the next one when it has its answer. */
export type Load = {
  url: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string
  connections: number
  amount: number
}

/** `rate`: answers a second. `failed`: answers that were no 2xx, and connections that broke. */
export type LoadResult = { rate: number; failed: number }

// In a process of its own, so that the client's work is not counted as the server's.
process.on('message', (load: Load) => {
  const begun = performance.now()
  // Its own clock ticks in seconds.
  let last = begun
  autocannon(load, (error, result) => {
    if (error) throw error
    const rate = result['2xx'] / ((last - begun) / 1000)
    process.send?.({ rate, failed: result.non2xx + result.errors } satisfies LoadResult)
  }).on('response', () => {
    last = performance.now()
  })
})
process.once('disconnect', () => process.exit())
