import { expect, it } from 'vitest'
import { visitPages } from './visit-pages.ts'

const page = (number: number) => `https://a.example/book/${number}.html`

it('opens one page after the other, closes each, and stops when told', async () => {
  const events: string[] = []
  const stopped = new AbortController()
  await visitPages(
    [page(1), page(2), page(3)],
    {
      async open(url) {
        events.push(`open ${url.at(-6)}`)
        return Number(url.at(-6))
      },
      async read() {
        return undefined
      },
      async close(tab) {
        events.push(`close ${tab}`)
      },
      async rest() {
        events.push('rest')
      },
    },
    {
      signal: stopped.signal,
      onPage(url) {
        events.push('told')
        if (url === page(2)) stopped.abort()
      },
    },
  )
  const each = (number: number) => [`open ${number}`, 'rest', `close ${number}`, 'told']
  expect(events).toEqual([...each(1), ...each(2)])
})
