import type { Site } from '@lectern/shared'
import { expect, it } from 'vitest'
import { SpentBudgets } from './spent-budgets.ts'

const site: Site = { id: 'book', name: 'Book', patterns: ['https://book.example/*'], policy: 'allow' }

it('remembers for how long a budget is spent, by site and until the site has another budget', async () => {
  const spent = new SpentBudgets()
  expect(spent.secondsLeft(site)).toBe(0)
  spent.note(site, 60)
  expect(spent.secondsLeft(site)).toBeGreaterThan(50)
  expect(spent.secondsLeft({ ...site, id: 'other' })).toBe(0)
  expect(spent.secondsLeft({ ...site, daily_token_budget: 9 })).toBe(0)
  spent.note(site, 0.01)
  await expect.poll(() => spent.secondsLeft(site)).toBe(0)
})
