import { expect, it } from 'vitest'
import { checkPages } from './check-pages.ts'
import { choosePages } from './choose-pages.ts'

const page = (number: number) => `https://a.example/book/${number}.html`

it('chooses other pages of the book, from its beginning to its end', () => {
  const listed = Array.from({ length: 40 }, (_, i) => page(i))
  const options = { url: page(3), patterns: ['https://a.example/book/*'], most: 5 }
  expect(choosePages(listed, options)).toEqual([0, 11, 20, 30, 39].map(page))
  expect(choosePages([page(3), `${page(4)}#top`, page(4), 'https://a.example/blog/1'], options)).toHaveLength(
    1,
  )
  expect(choosePages([], options)).toEqual([])
})

it('opens one page after the other, closes each, and stops when told', async () => {
  const events: string[] = []
  const stopped = new AbortController()
  await checkPages(
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
      onPage({ url }) {
        events.push('told')
        if (url === page(2)) stopped.abort()
      },
    },
  )
  const each = (number: number) => [`open ${number}`, 'rest', `close ${number}`, 'told']
  expect(events).toEqual([...each(1), ...each(2)])
})
