import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Block } from './blocks.ts'
import { cutSections, isLeadIn, sectionSize } from './sections.ts'
import { processorTime } from './testing/processor-time.ts'

const words = (count: number, word = 'word') => Array(count).fill(word).join(' ')
const heading = (level: number, text: string): Block => ({ kind: 'heading', level, text })
const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
const code: Block = { kind: 'code', text: 'x = 1' }
const cut = (...blocks: Block[]) => cutSections({ blocks })
const shape = (...blocks: Block[]) => cut(...blocks).map((section) => section.blocks.length)

const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.string({ minLength: 1 }))
    .map(([level, text]) => heading(level, text)),
  fc.integer({ min: 1, max: 300 }).map((count) => paragraph(words(count))),
  fc.constant<Block>(code),
  fc.constant(paragraph('For example:')),
)

describe('section cutting', () => {
  it('loses nothing, repeats nothing, keeps the order', () => {
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 200 }), (blocks) => {
        const sections = cutSections({ blocks })
        expect(sections.flatMap((section) => section.blocks)).toEqual(blocks)
        for (const section of sections) expect(section.blocks.length).toBeLessThanOrEqual(sectionSize.blocks)
      }),
    )
  })

  it('starts at headings and tells under which a section stands', () => {
    const sections = cut(
      heading(1, 'Loops'),
      paragraph('Intro.'),
      heading(2, 'The *for* loop'),
      paragraph(words(170)),
      paragraph(words(40)),
      paragraph(words(40)),
      heading(2, 'While'),
      paragraph('x'),
    )
    expect(sections.map((section) => [section.path, section.blocks.length])).toEqual([
      [[], 2],
      [['Loops'], 3],
      [['Loops', 'The for loop'], 1],
      [['Loops'], 2],
    ])
  })

  it('keeps headings in a row together, and a lead-in with what it leads to', () => {
    expect(shape(heading(1, 'A'), heading(2, 'B'), paragraph('x'))).toEqual([3])
    expect(shape(paragraph(words(200)), paragraph(`${words(5)}:`), code, paragraph('x'))).toEqual([1, 3])
    expect(shape(paragraph(`${words(200)}:`), paragraph('an item'))).toEqual([2])
  })

  it('tells the path in canonical lines, whatever stands in a heading', () => {
    const icon: Block = {
      kind: 'heading',
      level: 1,
      text: 'The {{1}} icon {{2}}',
      atoms: [
        { type: 'image', text: 'save' },
        { type: 'footnote', text: '1' },
      ],
    }
    const [, section] = cut(icon, paragraph('x'), heading(2, 'Next'), paragraph('x'))
    expect(section?.path).toEqual(['The icon'])
    const long = cut(heading(1, words(1000)), paragraph('x'), heading(2, 'Next'))
    expect(long[1]?.path[0]?.length).toBeLessThanOrEqual(300)
  })

  it.each([
    ['For example:', true],
    ['See **the *note:***', true],
    ['他说：“看：”', true],
    ['注意：这是一个段落。', false],
    ['Цикл: он повторяет код.', false],
    ['نوٹ: یہ ایک پیراگراف ہے۔', false],
  ])('knows a lead-in in any script: %s', (text, expected) => {
    expect(isLeadIn(paragraph(text))).toBe(expected)
  })

  it('takes linear time for a block of colons', () => {
    const blocks = Array.from({ length: 26 }, () => paragraph(`${':'.repeat(19_999)}a`))
    expect(processorTime(() => cutSections({ blocks }))).toBeLessThan(2000)
  })

  it('leaves the sections of other headings alone when one is edited', () => {
    fc.assert(
      fc.property(
        fc.array(anyBlock, { maxLength: 40 }),
        fc.array(anyBlock, { maxLength: 40 }),
        fc.array(anyBlock, { minLength: 1, maxLength: 40 }),
        (before, edited, after) => {
          const rest = [heading(1, 'Next'), code, ...after]
          const one = cut(heading(1, 'First'), ...before, code, ...rest)
          const other = cut(heading(1, 'First'), ...edited, code, ...rest)
          const tail = cut(...rest)
          expect(one.slice(-tail.length)).toEqual(tail)
          expect(other.slice(-tail.length)).toEqual(tail)
        },
      ),
    )
  })
})
