import { expect, it } from 'vitest'
import { applyPick } from './apply-pick.ts'

it('puts a selector among the rules, and takes it away at the second click', () => {
  const one = applyPick({}, 'lesson', 'main')
  expect(one).toEqual({ lesson: 'main' })
  expect(applyPick(one, 'lesson', '#x')).toEqual({ lesson: '#x' })
  expect(applyPick(one, 'lesson', 'main')).toEqual({})
  const two = applyPick(applyPick(one, 'ignore', '.ad'), 'ignore', 'nav')
  expect(two).toEqual({ lesson: 'main', ignore: ['.ad', 'nav'] })
  expect(applyPick(applyPick(two, 'ignore', '.ad'), 'ignore', 'nav')).toEqual(one)
  expect(applyPick(one, 'keep', '.aim')).toEqual({ lesson: 'main', keep: ['.aim'] })
})
