import type { Site } from '@lectern/shared'
import { expect, it } from 'vitest'
import { hrefOfPage, routeOf } from './route.ts'

const loops: Site = { id: 'loops', name: 'Loops', patterns: ['https://a.example/loops/*'], policy: 'allow' }

it('reads what the address says', () => {
  expect(routeOf('#/site/loops-2')).toEqual({ name: 'site', id: 'loops-2' })
  expect(routeOf('#/new')).toEqual({ name: 'new' })
  for (const hash of ['', '#/', '#/site/', '#/site/A b', '#/other'])
    expect(routeOf(hash)).toEqual({ name: 'sites' })
})

it('leads from a page to its textbook, or to a new one', () => {
  expect(hrefOfPage([loops], 'https://a.example/loops/for.html')).toBe('#/site/loops')
  expect(hrefOfPage([loops], 'https://a.example/other.html')).toBe('#/new')
  expect(hrefOfPage([loops], '')).toBe('#/new')
})
