import fc from 'fast-check'

/** Words, marks and what other programs read in a paragraph. */
const pieces = [
  'word',
  'a loop',
  'Ends here. And goes on.',
  ' ',
  '  ',
  '*emph*',
  '**strong**',
  '_under_',
  '***both***',
  '~~gone~~',
  '`code`',
  '``co`de``',
  '`a|b`',
  '$x^2$',
  '$$y$$',
  '$5',
  '\\*',
  '\\|',
  '\\\\',
  '&amp;',
  '&copy;',
  '[link](u.md)',
  '[li*n*k](<u v.md> "Ti\\"tle")',
  '[ref]',
  '[text][ref]',
  '[ref][]',
  '![alt](i.png)',
  '![ref]',
  '[![b](b.png)](x)',
  '[^1]',
  '<kbd>K</kbd>',
  'H<sub>2</sub>O',
  '<b>',
  '</b>',
  '<!-- c -->',
  '<br>',
  '<https://e.org/a>',
  'www.e.org/b',
  'me@e.org',
  '[see https://e.org]',
  '*',
  '_',
  '`',
  '$',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '!',
  '#',
  '+',
  '-',
  '=',
  '|',
  '{',
  '}',
  '{{1}}',
  ':',
  '.',
  '1.',
  '2)',
  'é',
  '日本語',
  'اردو',
  '\u00a0',
  '\\',
]
const inline = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(''))
const line = fc.oneof(
  inline,
  inline.map((text) => `${text}  `),
  inline.map((text) => `${text}\\`),
)
const cell = inline.map((text) => text.replace(/(?<!\\)\|/g, '\\|'))
const row = fc.tuple(cell, cell)

const tightList = fc
  .array(fc.tuple(inline, inline), { minLength: 1, maxLength: 3 })
  .map((items) => items.map(([item, nested]) => `* word ${item}\n  1. word ${nested}`).join('\n'))

function pipeTable(rows: [string, string][]): string {
  return [['a', 'b'], ['--', ':-:'], ...rows].map(([left, right]) => `| ${left} | ${right} |`).join('\n')
}

function bareTable(rows: [string, string][]): string {
  return [['Aa', 'Bb'], ['--', '--'], ...rows].map(([left, right]) => `${left}|${right}`).join('\n')
}

function indented(first: string, rest: string, text: string): string {
  return text
    .split('\n')
    .map((part, i) => (i === 0 ? first + part : part === '' ? '' : rest + part))
    .join('\n')
}

function paragraphs(start: string): fc.Arbitrary<string> {
  return fc
    .array(line, { minLength: 1, maxLength: 3 })
    .map((lines) => lines.map((text) => start + text).join('\n'))
}

function leaves(paragraph: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: paragraph },
    fc.tuple(fc.constantFrom('#', '##', '######'), inline).map(([mark, text]) => `${mark} ${text}`),
    inline.map((text) => `## ${text} ##`),
    paragraph.map((text) => `# Heading\nword ${text}`),
    fc.tuple(paragraph, fc.constantFrom('===', '---')).map(([text, mark]) => `${text}\n${mark}`),
    fc.array(row, { minLength: 1, maxLength: 3 }).map(pipeTable),
    fc.array(row, { minLength: 1, maxLength: 3 }).map(bareTable),
    fc.constantFrom(
      '```py\nx = 1\n\n# no heading\n```',
      '~~~\n```\n~~~',
      '    indented\n\n    code',
      '$$\nx = 1\n$$',
      '***',
      '<div>\n*raw*\n</div>',
      '<!-- comment\n\nof two -->',
      '[ref]: r.md "T"',
      '[^1]: A note.',
      '![only](image.png)',
      ':::note\n\nInside.\n\n:::',
      ':::tip\nInside.\n:::',
      '!!! note\n    Inside.',
      "import X from 'x'",
      '```\nunclosed',
      '<pre>\nopen',
    ),
  )
}

/** Blocks in lists, quotes and footnotes; `gaps` may stand between two of them, `start` begins a paragraph's lines. */
function documents(gaps: readonly string[], start: string): fc.Arbitrary<string> {
  const paragraph = paragraphs(start)
  const leaf = leaves(paragraph)
  const { blocks } = fc.letrec<{ block: string; blocks: string }>((tie) => ({
    block: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 5, arbitrary: leaf },
      { weight: 1, arbitrary: tie('blocks').map((text) => text.replace(/^/gm, '> ')) },
      { weight: 1, arbitrary: paragraph.map((text) => `> [!NOTE]\n${text.replace(/^/gm, '> ')}`) },
      { weight: 1, arbitrary: tie('blocks').map((text) => indented('- ', '  ', text)) },
      { weight: 1, arbitrary: tie('blocks').map((text) => indented('1.  ', '    ', text)) },
      { weight: 1, arbitrary: tie('blocks').map((text) => indented('-\t', '\t', text)) },
      { weight: 1, arbitrary: tightList },
      { weight: 1, arbitrary: paragraph.map((text) => indented('- [ ] ', '  ', text)) },
      { weight: 1, arbitrary: tie('blocks').map((text) => indented('[^2]: ', '    ', text)) },
    ),
    blocks: fc
      .array(fc.tuple(tie('block'), fc.constantFrom(...gaps)), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.map(([text, gap], i) => (i === parts.length - 1 ? text : text + gap)).join('')),
  }))
  return fc
    .tuple(
      fc.constantFrom('', '---\ntitle: T\n---\n', '\ufeff'),
      blocks,
      fc.constantFrom('', '\n', '\n\n[ref]: r.md\n\n[^1]: N\n'),
      fc.boolean(),
    )
    .map(([front, text, back, crlf]) => {
      const source = front + text + back
      return crlf ? source.replaceAll('\n', '\r\n') : source
    })
}

/** Markdown as authors write it, and as they do not: every construct in every container, whole and broken. */
export const anyMarkdown = documents(['\n\n', '\n\n', '\n\n\n', '\n'], '')

/**
 * The same where blocks have a blank line between them, but for headings and items. micromark reads what follows a
 * paragraph without one by other rules (`10.` opens no list there), so that a blank line would change it.
 */
export const spacedMarkdown = documents(['\n\n', '\n\n\n'], 'word ')

/** Inline text that means harm: each piece would be a block, a link, HTML or syntax if it were not escaped. */
export const hostileInline: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      '# ',
      '## x',
      '1. ',
      '2) y',
      '- ',
      '+ z',
      '* ',
      '> ',
      '>>',
      '```',
      '~~~',
      '`',
      '``x',
      '$$',
      '$',
      '|',
      '||',
      '|-|',
      '---',
      '===',
      ':-',
      '<script>alert(1)</script>',
      '<div>',
      '<!--',
      '-->',
      '<img src=x onerror=y>',
      '![x](y)',
      '![x]',
      '[x](javascript:alert(1))',
      '[x]',
      '[ref]',
      '[^1]',
      '[^1]:',
      '[ref]: x',
      '[x]: y',
      'https://evil.example/a',
      'www.evil.example',
      'me@evil.example',
      '<https://evil.example>',
      'javascript:x',
      '&lt;b&gt;',
      '&#35;',
      '\\',
      '\\\\',
      '    ',
      '\t',
      '\n',
      '\n\n',
      '[!NOTE]',
      ':::note',
      ':::',
      '!!! note',
      '??? x',
      '+++',
      "import X from 'x'",
      'export const x',
      '{x}',
      '{{1}}',
      '{{2}}',
      '{% x %}',
      '[y](#1)',
      '[y](#2)',
      '*',
      '**',
      '_',
      '__',
      '~',
      '~~',
      '~~z~~',
      '*e*',
      '**s**',
      '`c`',
      '$t$',
      'word',
      ' ',
      '.',
      '!',
      '(',
      ')',
      '[',
      ']',
      '<',
      '>',
      '=',
      '-',
      '\u00a0',
      '\u200b',
      '\u2028',
      '[ ] ',
      '[x] ',
      'a',
      '1',
    ),
    { minLength: 1, maxLength: 10 },
  )
  .map((parts) => parts.join(''))
