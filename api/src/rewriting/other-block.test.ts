import type { Block, ProseBlock } from '@lectern/shared'
import { describe, expect, it } from 'vitest'
import { sectionFacts } from './block-facts.ts'
import { validateBlock } from './validate-block.ts'

const elbow: ProseBlock = {
  kind: 'paragraph',
  text: 'The elbow sits at the end of the first link, so its position follows from the first angle alone.',
}
const gripper: ProseBlock = {
  kind: 'paragraph',
  text: 'The gripper moves along a circle around the elbow, whose radius is the length of the second link.',
}
const blocks: Block[] = [{ kind: 'heading', level: 2, text: 'Exercises' }, elbow, gripper]

const check = (text: string, block: ProseBlock, language = 'en') => {
  const context = {
    facts: sectionFacts(blocks, []),
    lessonLanguage: 'en',
    language,
    terms: [],
    secret: new Set<string>(),
  }
  const result = validateBlock(text, block, context)
  return result.ok ? 'ok' : result.fault
}

describe('a text for a block', () => {
  const ofGripper =
    'Around the elbow the gripper goes in a circle; the radius is the length of the second link.'
  const ofElbow =
    'You find the elbow at the end of the first link: its position follows from the first angle.'

  it('may not say another block of the section', () => {
    expect(check(ofGripper, elbow)).toBe('other_block')
    expect(check(ofElbow, gripper)).toBe('other_block')
  })

  it('may speak of what another block is about', () => {
    expect(check(ofGripper, gripper)).toBe('ok')
    expect(check(`${ofElbow} The gripper will later move on a circle around it.`, elbow)).toBe('ok')
    expect(
      check('Where the elbow is depends on how far the first joint is turned, and nothing else.', elbow),
    ).toBe('ok')
  })

  it('is told in a translation by the terms that stay', () => {
    expect(
      check('Gripper ایک circle پر elbow کے گرد چلتا ہے، جس کا radius دوسرے link کی length ہے۔', elbow, 'ur'),
    ).toBe('other_block')
    expect(
      check('Elbow پہلے link کے سرے پر ہے، اس لیے position صرف پہلے angle سے ملتی ہے۔', elbow, 'ur'),
    ).toBe('ok')
    expect(
      check('کہنی پہلے ٹکڑے کے سرے پر ہے، اس لیے اس کا مقام صرف پہلے زاویے سے ملتا ہے۔', elbow, 'ur'),
    ).toBe('ok')
  })
})
