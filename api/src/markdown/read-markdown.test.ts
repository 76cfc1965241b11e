import { readFileSync } from 'node:fs'
import { isProse } from '@lectern/shared'
import { describe, expect, it } from 'vitest'
import { isFailure } from '../failure.ts'
import type { MarkdownLesson } from './markdown-lesson.ts'
import { readMarkdown } from './read-markdown.ts'

function read(source: string, given?: { title?: string; language?: string }): MarkdownLesson {
  const lesson = readMarkdown(source, given)
  if (isFailure(lesson)) throw new Error(lesson.message)
  return lesson
}

/** Kind and text of each block, and the source at its place. */
function blocks(source: string): string[] {
  return read(source).lesson.blocks.map((block) => `${block.kind}: ${block.text}`)
}

function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}.md`, import.meta.url), 'utf8')
}

describe('a lesson on loops', () => {
  const source = fixture('python-loops')
  const { lesson, places } = read(source)

  it('has the blocks of the contract, in order', () => {
    expect(lesson.blocks.map((block) => block.kind).join(' ')).toBe(
      'heading paragraph heading paragraph code paragraph admonition heading paragraph table cell cell cell cell cell ' +
        'cell list_item list_item code paragraph list_item list_item list_item image heading paragraph admonition ' +
        'quote quote heading list_item list_item embed paragraph paragraph',
    )
  })

  it('keeps front matter, comments and definitions out', () => {
    const text = JSON.stringify(lesson)
    expect(text).not.toMatch(/sidebar_position|reviewed|compound_stmts/)
  })

  it('numbers links and atoms in the order of the text', () => {
    expect(lesson.blocks[1]).toEqual({
      kind: 'paragraph',
      text: 'A program often has to do the same thing *many times*. Python has two statements for that, [`for`](#1) and [`while`](#2), and choosing between them is mostly a question of what you know **before** you start.{{1}}',
      atoms: [{ type: 'footnote', text: 'history' }],
    })
    expect(places[1]?.putBack.links.map((link) => ('url' in link ? link.url : link.identifier))).toEqual([
      'https://docs.python.org/3/reference/compound_stmts.html#for',
      'while',
    ])
  })

  it('gives code, tables and images as text for context', () => {
    expect(lesson.blocks[4]).toEqual({
      kind: 'code',
      text: 'names = ["Ada", "Grace", "Katherine"]\nfor name in names:\n    print(f"Hello, {name}!")',
      language: 'python',
    })
    expect(lesson.blocks[9]?.text).toContain('range(9, 0, -3) | 9, 6, 3 | count down in steps | backwards')
    expect(lesson.blocks[23]).toEqual({ kind: 'image', text: 'The numbers 0 to 3 on a line' })
  })

  it('says where each block stands', () => {
    const at = (index: number) => source.slice(places[index]?.start, places[index]?.end)
    expect(at(0)).toBe('Repeating work with loops')
    expect(at(6)).toMatch(/^Name the loop variable[\s\S]*> at the rest of the code\.$/)
    expect(at(7)).toBe('Counting with `range`')
    expect(at(15)).toBe('count down in steps \\| backwards')
    expect(at(30)).toBe('I can say what a loop variable is.')
  })

  it('is titled by its first heading, or as it was given', () => {
    expect(lesson).toMatchObject({ title: 'Repeating work with loops', language: 'en' })
    expect(read(source, { title: ' Loops ', language: 'en-GB' }).lesson).toMatchObject({
      title: 'Loops',
      language: 'en',
    })
    expect(read('No heading.').lesson.title).toBe('')
  })
})

it('reads formulas of a lesson on derivatives exactly', () => {
  const { lesson } = read(fixture('derivatives'))
  expect(lesson.blocks.filter((block) => block.kind === 'math').map((block) => block.text)).toEqual([
    '\\frac{f(x + h) - f(x)}{h}',
    "f'(x) = \\lim_{h \\to 0} \\frac{f(x + h) - f(x)}{h}",
  ])
  const prose = lesson.blocks.filter(isProse)
  expect(prose.find((block) => block.text.startsWith('Let'))?.text).toContain('$h \\neq 0$')
  expect(prose.find((block) => block.text.startsWith('Water'))).toEqual({
    kind: 'paragraph',
    text: 'Water has the formula H{{1}}O; that \\$5 costs more than \\$4 is no formula.',
    atoms: [{ type: 'subscript', text: '2' }],
  })
})

describe('kinds of blocks', () => {
  it.each([
    ['- a\n\n  b\n\n  - c', ['list_item: a', 'paragraph: b', 'list_item: c']],
    ['> a\n>\n> - b', ['quote: a', 'list_item: b']],
    ['> [!WARNING]\n> a\n>\n> b', ['admonition: a', 'admonition: b']],
    ['> [!note]- Title\n> a', ['admonition: a']],
    [':::note\n\na\n\n:::\n\nb', ['admonition: a', 'paragraph: b']],
    [':::tip[Title]\na\n:::\n\nb', ['admonition: a', 'paragraph: b']],
    [':::tip\na\n:::\n:::note\nb\n:::', ['embed: :::tip a ::: :::note b :::']],
    ['!!! note "Title"\n    a', ['embed: !!! note "Title" a']],
    ["import Tabs from '@theme/Tabs'\n\na", ["embed: import Tabs from '@theme/Tabs'", 'paragraph: a']],
    ['[![build](b.svg)](https://ci)\n\n![a](b) ![c](d)', ['image: build', 'image: a c']],
    ['$$a$$', ['math: a']],
    ['| 1 | `x` |\n|---|---|\n| Word | $y$ |', ['table: 1 | x\nWord | y', 'cell: Word']],
    ['<!-- note -->\n\n<div>\n\na\n\n</div>', ['paragraph: a']],
    ['<iframe src="https://x/y" title="A film"></iframe>', ['embed: A film']],
    ['[^1]: A note.', ['paragraph: A note.']],
    ['a\n===\n\nb\n---', ['heading: a', 'heading: b']],
    ['***\n\n[a]: b\n\n<a id="x"></a>', []],
    ['```{python} title="x"\n1\n```', ['code: 1']],
    ['[](x)', []],
    ['a [](x) b', ['paragraph: a {{1}} b']],
  ])('reads %j', (source, expected) => {
    expect(blocks(source)).toEqual(expected)
  })

  it('takes a paragraph past the limits of a block whole', () => {
    expect(blocks(`${'word '.repeat(5000)}`)[0]).toMatch(/^embed: word/)
    expect(blocks('![a](b) c '.repeat(201))[0]).toMatch(/^embed: c/)
  })
})

describe('inline content', () => {
  it.each([
    ['a  \nb\\\nc\nd', 'a{{1}}b{{2}}c d'],
    ['*a _b_* __c__', '*a b* **c**'],
    ['<kbd>Ctrl</kbd> <b>x</b> <!-- c --> y', '{{1}} {{2}}x{{3}} {{4}} y'],
    ['~~a *b*~~ c', '{{1}} c'],
    ['[a **b** `c`][r] [r][] [r]\n\n[r]: /x', '[a **b** `c`](#1) [r](#2) [r](#3)'],
    ['<https://a.org> and www.b.org', '[https://a.org](#1) and [www.b.org](#2)'],
    ['$5 or $10, $x$ and \\$y\\$', '\\$5 or \\$10, $x$ and \\$y\\$'],
    ['{{1}} [x](#1)', '\\{{1}} [x](#1)'],
    ['&copy; \\* a\u200bb', '© \\* ab'],
    ['[a <https://b.org> c](d)', '[a https://b.org c](#1)'],
  ])('reads %j', (source, expected) => {
    expect(read(source).lesson.blocks[0]?.text).toBe(expected)
  })
})

it('reads the same from CRLF as from LF, and behind a byte order mark', () => {
  const source = fixture('python-loops')
  const crlf = read(source.replaceAll('\n', '\r\n'))
  expect(crlf.lesson).toEqual(read(source).lesson)
  expect(crlf.lineEnd).toBe('\r\n')
  expect(read(`\ufeff${source}`).lesson).toEqual(read(source).lesson)
})
