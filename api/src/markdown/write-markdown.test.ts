import { readFileSync } from 'node:fs'
import { type BlockRewrite, isProse } from '@lectern/shared'
import { describe, expect, it } from 'vitest'
import { isFailure } from '../failure.ts'
import type { MarkdownLesson } from './markdown-lesson.ts'
import { readMarkdown } from './read-markdown.ts'
import { type LessonRewrite, writeMarkdown } from './write-markdown.ts'

function read(source: string): MarkdownLesson {
  const lesson = readMarkdown(source)
  if (isFailure(lesson)) throw new Error(lesson.message)
  return lesson
}

function write(source: string, rewrite: Partial<LessonRewrite>): string {
  return writeMarkdown(read(source), { blocks: [], additions: [], ...rewrite })
}

/** One source with its block `block` rewritten. */
function rewritten(source: string, inline: string, block = 0): string {
  return write(source, { blocks: [{ block, status: 'rewritten', inline }] })
}

function folded(source: string, block = 0): string {
  return write(source, { blocks: [{ block, status: 'folded' }] })
}

function added(source: string, after: number): string {
  return write(source, { additions: [{ after, kind: 'example', inline: 'x' }] })
}

const fixtures = ['python-loops', 'derivatives'].map((name) =>
  readFileSync(new URL(`fixtures/${name}.md`, import.meta.url), 'utf8'),
)

describe('a lesson as a whole', () => {
  it.each(fixtures)('keeps every byte of what is kept or restored', (source) => {
    const { blocks } = read(source).lesson
    const statuses = ['kept', 'restored'] as const
    const kept = blocks.map((_, block): BlockRewrite => ({ block, status: statuses[block % 2] ?? 'kept' }))
    expect(write(source, { blocks: kept })).toBe(source)
    const crlf = source.replaceAll('\n', '\r\n')
    expect(write(crlf, { blocks: kept })).toBe(crlf)
  })

  it.each(fixtures)('puts back code, formulas, tables, images and targets', (source) => {
    const { lesson } = read(source)
    const own = lesson.blocks.map(
      (block, index): BlockRewrite => ({ block: index, status: 'rewritten', inline: block.text }),
    )
    const written = write(source, { blocks: own })
    expect(read(written).lesson).toEqual(lesson)
    const literal =
      /^```[\s\S]*?^```|^\$\$[\s\S]*?^\$\$|^[ \t]*\|.*-.*\|$|^!\[.*|^\[.*\]:.*|\$[^$\n]+\$|<kbd>\w+<\/kbd>/gm
    const words = (text: string) => text.match(literal)?.filter((part) => !part.includes('5 costs')) ?? []
    expect(words(written)).toEqual(words(source))
  })
})

describe('a rewritten block', () => {
  it.each([
    ['# A #\n\nb', 'New *words*', '# New *words* #\n\nb'],
    ['A\nb\n===\n', 'New', 'New\n===\n'],
    ['> a\n> b\n\nc', 'New words', '> New words\n\nc'],
    ['- a\n  b\n- c', 'New words', '- New words\n- c'],
    ['- [x] a', 'New', '- [x] New'],
    ['> [!NOTE]\n> a\n> b', 'New', '> [!NOTE]\n> New'],
    [':::tip\na\nb\n:::', 'New', ':::tip\nNew\n:::'],
    ['a [b](c "d") e', '[new](#1) then', '[new](c "d") then'],
    ['a [b][r].\n\n[r]: c', 'New [x](#1)', 'New [x][r]\n\n[r]: c'],
    ['a ![b](c) d[^1]\n\n[^1]: e', 'x{{2}} y {{1}}', 'x[^1] y ![b](c)\n\n[^1]: e'],
    ['a ![r]\n\n[r]: c', 'x {{1}}', 'x ![r][r]\n\n[r]: c'],
    ['_a_ `` `b` `` $$c$$', '`` `b` `` then $c$', '`` `b` `` then $$c$$'],
    ['> a  \n> b', 'x {{1}} y', '> x\\\n> y'],
    ['a', 'new $x$ and `y`', 'new $x$ and `y`'],
    ['a', ['`x`', '`y` $x$', '$y$'].join('{}'), '`x` `y` $x$ $y$'],
    ['~~a~~ b ~~c~~', 'x {{1}}{{2}}', 'x ~~a~~ ~~c~~'],
    ['a `b` c', 'x `b`{}`b`', 'x `b` `b`'],
  ])('writes into %j the words %j', (source, inline, expected) => {
    expect(rewritten(source, inline)).toBe(expected)
  })

  it('stays in its cell', () => {
    const source = '|Aa|Bb|\n|:--|--:|\n| c \\| d |e|'
    expect(rewritten(source, 'x | y\\\\', 1)).toBe('|x \\| y\\\\|Bb|\n|:--|--:|\n| c \\| d |e|')
    expect(rewritten(source, '$|x|$', 1)).toContain('|$\\vert x\\vert $|Bb|')
    expect(rewritten('Aa|Bb\n--|--\n1|2', '# x', 1)).toBe('| # x|Bb\n--|--\n1|2')
  })

  it.each([
    ['# x', '\\# x'],
    ['1. x', '1\\. x'],
    ['- x', '\\- x'],
    ['> x', '\\> x'],
    ['<script>x</script>', '\\<script>x\\</script>'],
    ['![x](y)', '!\\[x]\\(y)'],
    ['[x](javascript:y)', '\\[x]\\(javascript:y)'],
    ['``` x', '\\`\\`\\` x'],
    ['$$ x', '\\$\\$ x'],
    ['| x | y |', '\\| x | y |'],
    ['see https://evil.example/x now', 'see `https://evil.example/x` now'],
    ['[!NOTE] x', '\\[!NOTE] x'],
    [':::note', '\\:::note'],
    ['{x} {{1}}', '\\{x} \\{\\{1}}'],
    ["import X from 'x'", "&#x69;mport X from 'x'"],
    ['[x](#1)', '\\[x]\\(#1)'],
    ['&lt;b> x', '\\&lt;b> x'],
  ])('can hold %j as words only', (inline, expected) => {
    expect(rewritten('a', inline)).toBe(expected)
  })

  it('cannot make a block of HTML or a note that it moves to its start', () => {
    expect(rewritten('a <div> b', '{{1}} a b')).toBe('&#x20;<div> a b')
    expect(rewritten('a <kbd>K</kbd> b', '{{1}} a b')).toBe('<kbd>K</kbd> a b')
    expect(rewritten('a[^1] b\n\n[^1]: c', '{{1}}: a')).toBe('[^1]\\: a\n\n[^1]: c')
  })

  it('leaves the source where the rewrite says nothing or names a fixed block', () => {
    expect(rewritten('a', ' ')).toBe('a')
    expect(rewritten('```\na\n```', 'x')).toBe('```\na\n```')
    expect(rewritten('a', 'x', 7)).toBe('a')
  })
})

describe('a folded block', () => {
  it.each([
    [
      'One thing holds. Then another.',
      '> **You know this:** One thing holds.\n\nOne thing holds. Then another.',
    ],
    ['Only *one* thing.', '> **You know this:** Only *one* thing.'],
    [
      '- One thing holds. Two.\n- b',
      '- > **You know this:** One thing holds.\n\n  One thing holds. Two.\n- b',
    ],
    ['> One thing\n> holds. Two.', '> > **You know this:** One thing holds.\n>\n> One thing\n> holds. Two.'],
    [
      '1. a\n\n   > One thing holds. Two.',
      '1. a\n\n   > > **You know this:** One thing holds.\n   >\n   > One thing holds. Two.',
      1,
    ],
    [
      '> [!TIP]\n> One thing holds. 2. Two.',
      '> [!TIP]\n> > **You know this:** One thing holds.\n>\n> One thing holds. 2. Two.',
    ],
    [
      '**Rule.** The sum of it is $x. y$ here. Two[^1].\n\n[^1]: n',
      '> **You know this:** **Rule.** The sum of it is $x. y$ here.\n\n**Rule.** The sum of it is $x. y$ here. Two[^1].\n\n[^1]: n',
    ],
    [
      'One[^1] and H<sub>2</sub>O ![i](j) here. Two.\n\n[^1]: n',
      '> **You know this:** One and H<sub>2</sub>O here.\n\nOne[^1] and H<sub>2</sub>O ![i](j) here. Two.\n\n[^1]: n',
    ],
  ])('is led by its first sentence: %j', (source, expected, block = 0) => {
    expect(folded(source, block)).toBe(expected)
  })

  it.each(['# A heading. B.', '- [ ] A task here. B.', '[^1]: A note here. B.'])(
    'stays as it is where no quote can stand: %j',
    (source) => {
      expect(folded(source)).toBe(source)
    },
  )
})

describe('an addition', () => {
  it.each([
    ['a\n\nb', 0, 'a\n\n> **Example:** x\n\nb'],
    ['a', 0, 'a\n\n> **Example:** x'],
    ['a\n', 0, 'a\n\n> **Example:** x\n'],
    ['a', -1, '> **Example:** x\n\na'],
    ['---\nt: u\n---\n\n# a', -1, '---\nt: u\n---\n\n> **Example:** x\n\n# a'],
    ['# a\nb', 0, '# a\n\n> **Example:** x\n\nb'],
    ['- a\n- b\n\nc', 0, '- a\n\n  > **Example:** x\n\n- b\n\nc'],
    ['- a\n- b\n\nc', 1, '- a\n- b\n\n  > **Example:** x\n\nc'],
    ['1.  a\n\n    - b\n\nc', 1, '1.  a\n\n    - b\n\n      > **Example:** x\n\nc'],
    ['-\ta\n-\tb', 0, '-\ta\n\n \t> **Example:** x\n\n-\tb'],
    ['- [ ] a\n- b', 0, '- [ ] a\n\n  > **Example:** x\n\n- b'],
    ['- ```\n  a\n  ```\n- b', 0, '- ```\n  a\n  ```\n\n  > **Example:** x\n\n- b'],
    ['> a\n>\n> b\n\nc', 0, '> a\n>\n> b\n\n> **Example:** x\n\nc'],
    ['- > a\n  >\n  > b\n- c', 0, '- > a\n  >\n  > b\n\n  > **Example:** x\n\n- c'],
    ['|Aa|Bb|\n|-|-|\n|c|d|\n\ne', 1, '|Aa|Bb|\n|-|-|\n|c|d|\n\n> **Example:** x\n\ne'],
    ['a\n===\nb', 0, 'a\n===\n\n> **Example:** x\n\nb'],
    [':::tip\na\n:::\n\nb', 0, ':::tip\na\n:::\n\n> **Example:** x\n\nb'],
    ['a\r\n\r\nb', 0, 'a\r\n\r\n> **Example:** x\r\n\r\nb'],
    ['> a\n```\nopen', 1, '> a\n\n> **Example:** x\n\n```\nopen'],
    ['- ```\n  open\n\nb', 0, '- ```\n  open\n\n> **Example:** x\n\nb'],
    ['    code\n\nb', 0, '    code\n\n> **Example:** x\n\nb'],
  ])('stands after its block: %j, %i', (source, after, expected) => {
    expect(added(source, after)).toBe(expected)
  })

  it('opens with its kind in bold, and a check holds its answer', () => {
    const written = write('a\n\nb', {
      additions: [
        { after: 0, kind: 'check', inline: 'What is $x^2$?', answer: '`x * x`\n\n# no' },
        { after: 0, kind: 'summary', inline: 'a > b' },
        { after: 1, kind: 'analogy', inline: '- x {{1}} [y](#1)' },
      ],
    })
    expect(written).toBe(
      'a\n\n> **Check yourself:** What is $x^2$?\n>\n> **Answer:** `x * x` # no\n\n> **In short:** a > b\n\nb\n\n' +
        '> **Analogy:** - x \\{\\{1}} \\[y]\\(#1)',
    )
  })

  it('stands between a fold and what follows', () => {
    const written = write('One thing holds. Two.\n\nb', {
      blocks: [
        { block: 0, status: 'folded' },
        { block: 1, status: 'rewritten', inline: 'c' },
      ],
      additions: [
        { after: -1, kind: 'background', inline: 'y' },
        { after: 0, kind: 'example', inline: 'x' },
      ],
    })
    expect(written).toBe(
      '> **Background:** y\n\n> **You know this:** One thing holds.\n\nOne thing holds. Two.\n\n> **Example:** x\n\nc',
    )
  })

  it('leaves an empty lesson as it is', () => {
    expect(added('***\n', -1)).toBe('***\n')
    expect(read('a').lesson.blocks.every(isProse)).toBe(true)
  })
})
