import type { Inline } from './inline-text.ts'

/** Writes inline text. What is not canonical (see `normalizeInline`) is not promised to be read back as it was. */
export function serializeInline(inlines: readonly Inline[]): string {
  return inlines.map((inline, i) => separator(inlines[i - 1], inline) + serializeOne(inline)).join('')
}

function serializeOne(inline: Inline): string {
  switch (inline.type) {
    case 'text':
      return escapeText(inline.text)
    case 'code':
      return fence(inline.text)
    case 'math':
      return `$${inline.tex}$`
    case 'atom':
      return `{{${inline.number}}}`
    case 'link':
      return `[${serializeInline(inline.children)}](#${inline.number})`
    case 'emphasis':
      return enclose('*', inline.children)
    case 'strong':
      return enclose('**', inline.children)
  }
}

/** Emphasis that begins or ends with emphasis of the other kind: the marks must not run together. */
function enclose(mark: string, children: Inline[]): string {
  const open = isEmphasis(children[0]) ? '{}' : ''
  const close = isEmphasis(children.at(-1)) ? '{}' : ''
  return mark + open + serializeInline(children) + close + mark
}

/** What keeps two neighbours apart whose marks would run together. */
function separator(previous: Inline | undefined, next: Inline): string {
  if (isEmphasis(previous)) return isEmphasis(next) ? '{}' : ''
  if (previous?.type === 'code') return next.type === 'code' ? '{}' : ''
  if (previous?.type !== 'math') return ''
  return next.type === 'math' || (next.type === 'text' && /^\d/.test(next.text)) ? '{}' : ''
}

function isEmphasis(inline: Inline | undefined): boolean {
  return inline?.type === 'emphasis' || inline?.type === 'strong'
}

function escapeText(text: string): string {
  return text.replace(/[\\*`$[\]]|\{(?=[{}])/g, '\\$&')
}

/** CommonMark's code span: a fence longer than any run inside, blanks where the content would touch or lose one. */
function fence(code: string): string {
  const longest = (code.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0)
  const mark = '`'.repeat(longest + 1)
  const pad = /^`|`$/.test(code) || (/^ .* $/.test(code) && code.trim() !== '') ? ' ' : ''
  return `${mark}${pad}${code}${pad}${mark}`
}
