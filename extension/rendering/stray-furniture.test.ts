import { processorTime } from '@lectern/shared/testing'
import { JSDOM } from 'jsdom'
import { expect, it } from 'vitest'
import { noElements } from './author-elements.ts'
import { StrayFurniture } from './stray-furniture.ts'

const MANY = 8000

it('puts thousands of marks among as many words in a time that grows with them', () => {
  const { document } = new JSDOM('').window
  const nodes = Array.from({ length: MANY }, () => {
    const mark = document.createElement('i')
    mark.append('!')
    return [document.createTextNode('word '), mark]
  })
  const furniture = new Set(nodes.flatMap(([, mark]) => (mark as Element) ?? []))
  const strays = new StrayFurniture(nodes.flat(), { ...noElements, furniture })
  const words = Array.from({ length: 2 * MANY }, () => document.createTextNode('other '))
  let content: ChildNode[] = []
  const spent = processorTime(() => {
    content = strays.among(words)
  })
  expect(content.filter((node) => node.nodeName === 'I')).toHaveLength(MANY)
  expect(spent).toBeLessThan(2000)
})
