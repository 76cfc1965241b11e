// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { fixtureDocument } from './fixture-lesson.ts'
import { selectEach, selectorList } from './select-each.ts'

it('gives what querySelectorAll gives', () => {
  const selectors = ['nav, b, .x, a.link', '.y > p, li:is(.one, .two), [role=tab]', 'i.y, em.y']
  const { body } = fixtureDocument(
    '<nav></nav><b class="x y"></b><p class="link  x"></p><a class="link"></a><a></a><div class="y"><p></p><i class="y"></i></div>' +
      '<ul><li class="two"></li><li role="tab"></li></ul><em class="xy"></em><em class=""></em><svg class="x"><b></b></svg><u class="y"></u>',
  )
  const { found, links } = selectEach(body, { found: selectorList(...selectors), links: selectorList('a') })
  expect(found).toEqual(new Set(body.querySelectorAll(selectors.join())))
  expect([found.size, links.size]).toEqual([10, 2])
})
