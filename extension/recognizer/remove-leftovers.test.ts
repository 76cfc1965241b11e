// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { removeLeftovers } from './remove-leftovers.ts'

it('gives a page back as it was before dead tabs stood in it', () => {
  document.body.innerHTML = '<main><p>Author.</p></main>'
  const before = document.body.innerHTML
  const main = document.querySelector('main')
  const [bar, clone] = [document.createElement('div'), main?.cloneNode(true) as Element]
  bar.setAttribute('data-lectern-tabs', '')
  clone.setAttribute('data-lectern-clone', '')
  main?.before(bar, clone)
  main?.setAttribute('data-lectern-hidden', 'laid-out')
  removeLeftovers(document)
  expect(document.body.innerHTML).toBe(before)
})
