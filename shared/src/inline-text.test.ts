import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanLine } from './clean-text.ts'
import { type Inline, normalizeInline, parseInline, plainText, serializeInline } from './inline-text.ts'
import { processorTime } from './testing/processor-time.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'\\*`$[](){}#~=@ 12abم\n\u00a0\u0301\u200c'.split('')) }),
)
const leaf: fc.Arbitrary<Inline> = fc.oneof(
  anyText.map((text): Inline => ({ type: 'text', text })),
  anyText.map((text): Inline => ({ type: 'code', text })),
  anyText.map((tex): Inline => ({ type: 'math', tex })),
  fc.integer({ min: 1, max: 99 }).map((number): Inline => ({ type: 'atom', number })),
)
const { inlines } = fc.letrec<{ inline: Inline; inlines: Inline[] }>((tie) => ({
  inline: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('inlines').map((children): Inline => ({ type: 'emphasis', children })),
    tie('inlines').map((children): Inline => ({ type: 'strong', children })),
    fc
      .tuple(fc.integer({ min: 1, max: 99 }), tie('inlines'))
      .map(([number, children]): Inline => ({ type: 'link', number, children })),
  ),
  inlines: fc.array(tie('inline'), { maxLength: 4 }),
}))

/** Code as extraction gives it: without outer blanks. */
function withCleanCode(inline: Inline): Inline {
  if (inline.type === 'code') return { ...inline, text: cleanLine(inline.text) }
  return 'children' in inline ? { ...inline, children: inline.children.map(withCleanCode) } : inline
}

describe('inline text', () => {
  it('reads back what it writes, over everything printable', () => {
    fc.assert(
      fc.property(inlines, (tree) => {
        const canonical = normalizeInline(tree)
        expect(parseInline(serializeInline(canonical))).toEqual(canonical)
      }),
      { numRuns: 3000 },
    )
  })

  it('is canonical after one pass', () => {
    fc.assert(
      fc.property(inlines, (tree) => {
        const canonical = normalizeInline(tree)
        expect(normalizeInline(canonical)).toEqual(canonical)
      }),
      { numRuns: 2000 },
    )
  })

  it('is one canonical line, as an upload must be', () => {
    fc.assert(
      fc.property(inlines, (tree) => {
        const text = serializeInline(normalizeInline(tree.map(withCleanCode)))
        expect(cleanLine(text)).toBe(text)
      }),
      { numRuns: 3000 },
    )
  })

  it('does not depend on where the page cuts its text nodes', () => {
    fc.assert(
      fc.property(fc.array(anyText), (texts) => {
        const cut = texts.map((text): Inline => ({ type: 'text', text }))
        expect(normalizeInline(cut)).toEqual(normalizeInline([{ type: 'text', text: texts.join('') }]))
      }),
      { numRuns: 1000 },
    )
  })

  it('is made in linear time, whatever the page holds', () => {
    const blanks = `x${'\u00a0'.repeat(100_000)}y`
    const make = () => [
      normalizeInline([{ type: 'emphasis', children: [{ type: 'text', text: blanks }] }]),
      serializeInline([{ type: 'code', text: '`a'.repeat(200_000) }]),
    ]
    expect(processorTime(make)).toBeLessThan(2000)
  })

  it('has a tree for every string, and that tree a canonical text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const written = serializeInline(normalizeInline(parseInline(text)))
        expect(serializeInline(normalizeInline(parseInline(written)))).toBe(written)
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['It costs $5, then $6.', [{ type: 'text', text: 'It costs $5, then $6.' }]],
    ['2 * 3 * 4', [{ type: 'text', text: '2 * 3 * 4' }]],
    ['see [0] and [a](https://x)', [{ type: 'text', text: 'see [0] and [a](https://x)' }]],
    ['**open', [{ type: 'text', text: '**open' }]],
    ['``', [{ type: 'text', text: '``' }]],
    ['[](#1)', [{ type: 'text', text: '[](#1)' }]],
    ['a {{0}} {{x}}', [{ type: 'text', text: 'a {{0}} {{x}}' }]],
  ])('leaves %s as text', (text, expected) => {
    expect(parseInline(text)).toEqual(expected)
  })

  it('reads marks as a model writes them', () => {
    expect(parseInline('***both*** `a\\b` $\\$1$ {{2}} [*x*](#3)')).toEqual([
      { type: 'strong', children: [{ type: 'emphasis', children: [{ type: 'text', text: 'both' }] }] },
      { type: 'text', text: ' ' },
      { type: 'code', text: 'a\\b' },
      { type: 'text', text: ' ' },
      { type: 'math', tex: '\\$1' },
      { type: 'text', text: ' ' },
      { type: 'atom', number: 2 },
      { type: 'text', text: ' ' },
      { type: 'link', number: 3, children: [{ type: 'emphasis', children: [{ type: 'text', text: 'x' }] }] },
    ])
  })

  it('takes a number that the block does not have for text', () => {
    const bounds = { links: 1, atoms: 0 }
    expect(plainText(parseInline('[a](#2) {{1}}', bounds))).toBe('[a](#2) {{1}}')
    expect(parseInline('[a](#1)', bounds)).toMatchObject([{ type: 'link', number: 1 }])
  })

  it.each(['[', '*a', '`', '``a`', '$a', '$a ', '{{', '\\', '](#1)', '[{{1}}', '*{}', '[a](#1', '** '])(
    'reads 100 000 characters of %s in linear time',
    (part) => {
      const text = part.repeat(100_000 / part.length)
      expect(processorTime(() => parseInline(text))).toBeLessThan(2000)
    },
  )
})
