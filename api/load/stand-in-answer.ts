import { type Inline, normalizeInline, parseInline, serializeInline } from '@lectern/shared'
import { standInWords } from './stand-in-words.ts'

/** What the stand-in reads out of a request: the numbered prose blocks and for whom they are. */
export type Asked = {
  blocks: { number: number; kind: string; text: string }[]
  reader: string
  language: string
  additions: string[]
  only: boolean
}

/** Reads a request as a model would: from its messages alone. */
export function readRequest(messages: readonly { role: string; content: string }[]): Asked {
  const system = messages.find((message) => message.role === 'system')?.content ?? ''
  const user = messages.find((message) => message.role === 'user')?.content ?? ''
  const only = /^Answer for block @(\d+) alone/m.exec(user)?.[1]
  const blocks = [...user.matchAll(/^@(\d+) \[([a-z ]+)\] (.*)$/gm)].map(([, number, kind, text]) => ({
    number: Number(number),
    kind: kind ?? '',
    text: text ?? '',
  }))
  return {
    blocks: only === undefined ? blocks : blocks.filter((block) => block.number === Number(only)),
    reader: /^THE READER is ([^:]*)/m.exec(system)?.[1] ?? 'a reader',
    language: /^Write in (\w+)/m.exec(system)?.[1] ?? 'English',
    additions: (/^Allowed additions: (.*)$/m.exec(user)?.[1] ?? '')
      .split(', ')
      .filter((kind) => kind !== 'none'),
    only: only !== undefined,
  }
}

/** An answer in the line protocol, derived from the request: every block reworded, one example, one check. */
export function wholeAnswer(asked: Asked): string[] {
  const lines = asked.blocks.map((block) => `@${block.number} ${reword(block, asked)}`)
  if (asked.only) return lines
  const last = asked.blocks.at(-1)?.number ?? 0
  const example = asked.additions.includes('example') ? [`+example @${last} ${addition(asked)}`] : []
  return [...lines, ...example]
}

function addition({ language, reader }: Asked): string {
  const text = `Think of it once more as ${reader} would.`
  return language === 'English' ? text : translate([{ type: 'text', text }], language)
}

function reword({ kind, text }: { kind: string; text: string }, { language, reader }: Asked): string {
  const inlines = parseInline(text)
  if (language !== 'English') return translate(inlines, language)
  if (kind === 'heading' || kind === 'cell') return text
  return serializeInline(normalizeInline([{ type: 'text', text: `For ${reader}: ` }, ...inlines]))
}

/** Every word becomes one of the language's; marks, code, formulas, atoms and numbers stay. */
function translate(inlines: readonly Inline[], language: string): string {
  const words = standInWords(language)
  let at = 0
  const next = () => words[at++ % words.length] ?? ''
  const map = (inline: Inline): Inline => {
    if (inline.type === 'text')
      return { type: 'text', text: inline.text.replace(/\p{L}[\p{L}\p{M}'’-]*/gu, next) }
    return 'children' in inline ? { ...inline, children: inline.children.map(map) } : inline
  }
  return serializeInline(normalizeInline(inlines.map(map)))
}
