import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AnswerLine, AnswerReader } from './answer-lines.ts'

function read(text: string, sizes: readonly number[] = [text.length]): AnswerLine[] {
  const reader = new AnswerReader()
  const lines: AnswerLine[] = []
  let at = 0
  for (let i = 0; at < text.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1)
    lines.push(...reader.feed(text.slice(at, at + size)))
    at += size
  }
  return [...lines, ...reader.end()]
}

/** What is left of an answer in the end: of each block its last text, of thoughts nothing. */
function settled(lines: readonly AnswerLine[]): (string | undefined)[] {
  const last = new Map<number, string | undefined>()
  for (const line of lines) {
    if (line.type === 'restart') last.clear()
    if (line.type === 'block') last.set(line.block, 'text' in line ? line.text : undefined)
  }
  return [...last.values()]
}

const answer = `@1 A heading
@2 Words with \`a || b\` and $x$.
@3 =
@4 ~
+example @4 Say $2 + 2 = 4$.
+check @4 What is 2 + 2?
+answer 4
@5 last, without an end`

describe('answer lines', () => {
  it('reads the protocol', () => {
    expect(read(answer)).toEqual([
      { type: 'block', block: 1, action: 'rewrite', text: 'A heading' },
      { type: 'block', block: 2, action: 'rewrite', text: 'Words with `a || b` and $x$.' },
      { type: 'block', block: 3, action: 'keep' },
      { type: 'block', block: 4, action: 'fold' },
      { type: 'addition', kind: 'example', after: 4, text: 'Say $2 + 2 = 4$.' },
      { type: 'addition', kind: 'check', after: 4, text: 'What is 2 + 2?' },
      { type: 'answer', text: '4' },
      { type: 'block', block: 5, action: 'rewrite', text: 'last, without an end' },
    ])
  })

  it('reads the same however the stream is cut', () => {
    const whole = read(answer)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (sizes) => {
        expect(read(answer, sizes)).toEqual(whole)
      }),
    )
  })

  it('hands a block on at the end of its line, an addition when the next marker begins', () => {
    const reader = new AnswerReader()
    expect(reader.feed('@1 One.')).toHaveLength(0)
    expect(reader.feed('\n')).toHaveLength(1)
    expect(reader.feed('+example @1 Such as one.\n')).toHaveLength(0)
    expect(reader.feed('@')).toHaveLength(0)
    expect(reader.feed('2')).toMatchObject([{ type: 'addition' }])
    expect(reader.feed(' =\n')).toHaveLength(1)
  })

  it('hands a block on once more with what follows below it', () => {
    const reader = new AnswerReader()
    const one = { type: 'block', block: 1, action: 'rewrite' }
    expect(reader.feed('@1 One.\n\n')).toEqual([{ ...one, text: 'One.' }])
    expect(reader.feed('Two.\n')).toEqual([{ ...one, text: 'One. Two.', continued: true }])
    expect(reader.end()).toEqual([])
  })

  it.each([
    ['a wrapped line', '@1 one\ntwo.\n@2 =', ['one two.', undefined]],
    ['a block of more lines', '@1 One.\nTwo.\n\nThree.\n@2 four.', ['One. Two. Three.', 'four.']],
    ['text on the line below', '@1\none.\n', ['one.']],
    ['chatter around', 'Sure!\n\n```\n@1 one.\n```\n', ['one.']],
    ['bold markers, bullets, colons', '- **@1** one.\n@2: two.', ['one.', 'two.']],
    ['other ways to mark', '**@1:** one.\n@2. two.\n@3) three.', ['one.', 'two.', 'three.']],
    ['the kind repeated', '@1 [list item] one.\n@2 \\[paragraph\\] two.', ['one.', '\\[paragraph\\] two.']],
    ['thoughts before', '<think>\n@1 a draft.\n</think>\n\n@1 one.', ['one.']],
    ['thoughts without a tag', 'Well.\n@1 a draft\n</think>\n@1 one.', ['one.']],
    ['thoughts in a line', '<think>@1 a draft.</think>@1 one.', ['one.']],
    ['signs with remarks', '@1 = (unchanged)\n@2 `=`\n@3 = 5', [undefined, undefined, '= 5']],
    ['windows line ends', '@1 one.\r\n@2 two.\r\n', ['one.', 'two.']],
    ['an address', '@1 write to me@2 or @home.', ['write to me@2 or @home.']],
  ])('understands %s', (_, text, texts) => {
    expect(settled(read(text))).toEqual(texts)
  })

  it('never gives more than was asked for out of noise', () => {
    expect(read('nothing of the protocol')).toEqual([])
    expect(read('+poem @1 roses\n+example without a place\n@ 1 x\n@12345 x')).toEqual([])
  })

  it('is bounded on a stream without an end of line', () => {
    const reader = new AnswerReader()
    reader.feed('+example @1 one.\n')
    for (let i = 0; i < 3000; i++) reader.feed('x'.repeat(100))
    expect(reader.end()).toEqual([{ type: 'addition', kind: 'example', after: 1, text: 'one.' }])
  })
})
