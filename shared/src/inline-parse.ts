import type { Inline } from './inline-text.ts'

/** How many links and other inline elements the block has; a higher `k` is literal text. */
export type InlineBounds = { links: number; atoms: number }

/** Links do not nest; brackets beyond this depth are text, which bounds what one character can cost. */
const DEEPEST = 8

type Frame = { mark: '' | '*' | '**' | '['; children: Inline[] }

/** Reads inline text; total: every string has a tree, and reading takes linear time. */
export function parseInline(
  text: string,
  bounds: InlineBounds = { links: Infinity, atoms: Infinity },
): Inline[] {
  return new InlineReader(text, bounds).read()
}

class InlineReader {
  readonly #text: string
  readonly #bounds: InlineBounds
  readonly #frames: Frame[] = [{ mark: '', children: [] }]
  /** Where no further fence of that length stands; keeps the search for a partner linear. */
  readonly #noFenceAfter = new Map<number, number>()
  #at = 0
  #afterMark = false

  constructor(text: string, bounds: InlineBounds) {
    this.#text = text
    this.#bounds = bounds
  }

  read(): Inline[] {
    while (this.#at < this.#text.length) this.#step()
    while (this.#frames.length > 1) this.#unwrap()
    return this.#top.children
  }

  get #top(): Frame {
    return this.#frames.at(-1) as Frame
  }

  #step(): void {
    const afterMark = this.#afterMark
    this.#afterMark = false
    switch (this.#text[this.#at]) {
      case '\\':
        return this.#escape()
      case '*':
        return this.#asterisks()
      case '`':
        return this.#code()
      case '$':
        return this.#math()
      case '[':
        return this.#openBracket()
      case ']':
        return this.#closeBracket()
      case '{':
        return this.#brace(afterMark)
      default:
        return this.#literal(this.#match(/[^\\*`$[\]{]+/y) ?? '')
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#text)?.[0]
  }

  #literal(text: string, length = text.length): void {
    this.#at += length
    this.#append(text)
  }

  #append(text: string): void {
    if (text === '') return
    const last = this.#top.children.at(-1)
    if (last?.type === 'text') last.text += text
    else this.#top.children.push({ type: 'text', text })
  }

  #add(inline: Inline, length: number): void {
    this.#top.children.push(inline)
    this.#at += length
  }

  #open(mark: Frame['mark']): void {
    this.#frames.push({ mark, children: [] })
    this.#at += mark.length
  }

  #openBracket(): void {
    if (this.#frames.length > DEEPEST) this.#literal('[')
    else this.#open('[')
  }

  /** The innermost frame has no partner: its mark becomes text again. */
  #unwrap(): void {
    const frame = this.#frames.pop() as Frame
    this.#append(frame.mark)
    this.#splice(frame.children)
  }

  #splice(children: Inline[]): void {
    for (const child of children) {
      if (child.type === 'text') this.#append(child.text)
      else this.#top.children.push(child)
    }
  }

  #escape(): void {
    const escaped = this.#match(/\\[\\*`$[\]{}]/y)
    if (escaped === undefined) this.#literal('\\')
    else this.#literal(escaped.slice(1), 2)
  }

  #brace(afterMark: boolean): void {
    const atom = this.#match(/\{\{[1-9]\d{0,3}\}\}/y)
    const number = Number(atom?.slice(2, -2))
    if (atom !== undefined && number <= this.#bounds.atoms)
      return this.#add({ type: 'atom', number }, atom.length)
    if (afterMark && this.#match(/\{\}(?=[*`$\d])/y) !== undefined) {
      this.#at += 2
      return
    }
    this.#literal(atom ?? '{')
  }

  #asterisks(): void {
    const run = this.#match(/\*+/y) ?? ''
    if (run.length > 3) return this.#literal(run)
    for (const mark of this.#marksOf(run)) this.#toggle(mark)
    this.#afterMark = true
  }

  #marksOf(run: string): ('*' | '**')[] {
    if (run.length < 3) return [run as '*' | '**']
    return this.#top.mark === '*' ? ['*', '**'] : ['**', '*']
  }

  #isOpen(mark: Frame['mark']): boolean {
    return this.#frames.some((frame) => frame.mark === mark)
  }

  #toggle(mark: '*' | '**'): void {
    const before = this.#text[this.#at - 1] ?? ' '
    const after = this.#text[this.#at + mark.length] ?? ' '
    if (this.#isOpen(mark) && !/\s/.test(before))
      return this.#close(mark, (children) => emphasis(mark, children))
    if (this.#isOpen(mark) || /\s/.test(after)) return this.#literal(mark)
    this.#open(mark)
  }

  #close(mark: Frame['mark'], wrap: (children: Inline[]) => Inline, length = mark.length): void {
    while (this.#top.mark !== mark) this.#unwrap()
    const { children } = this.#frames.pop() as Frame
    if (children.length === 0) this.#literal(mark + mark, length)
    else this.#add(wrap(children), length)
  }

  #closeBracket(): void {
    if (!this.#isOpen('[')) return this.#literal(']')
    const target = this.#match(/\]\(#[1-9]\d{0,3}\)/y)
    const number = Number(target?.slice(3, -1))
    if (target !== undefined && number <= this.#bounds.links && this.#hasLinkText())
      return this.#close('[', (children) => ({ type: 'link', number, children }), target.length)
    while (this.#top.mark !== '[') this.#unwrap()
    this.#unwrap()
    this.#literal(']')
  }

  #hasLinkText(): boolean {
    const link = this.#frames.findLastIndex((frame) => frame.mark === '[')
    return this.#frames.slice(link).some((frame, i) => i > 0 || frame.children.length > 0)
  }

  #code(): void {
    const run = this.#match(/`+/y) ?? ''
    const start = this.#at + run.length
    const end = this.#findFence(run.length, start)
    if (end === undefined) return this.#literal(run)
    const inner = this.#text.slice(start, end)
    const padded = /^ .* $/s.test(inner) && inner.trim() !== ''
    this.#add({ type: 'code', text: padded ? inner.slice(1, -1) : inner }, end + run.length - this.#at)
    this.#afterMark = true
  }

  #findFence(length: number, from: number): number | undefined {
    const none = this.#noFenceAfter.get(length)
    if (none !== undefined && from >= none) return undefined
    const runs = /`+/g
    runs.lastIndex = from
    for (let run = runs.exec(this.#text); run !== null; run = runs.exec(this.#text))
      if (run[0].length === length) return run.index
    this.#noFenceAfter.set(length, from)
    return undefined
  }

  /** Pandoc's rule, which leaves prices alone: no blank beside the marks inside, no digit after the closing one. */
  #math(): void {
    const math = this.#match(/\$(?![\s$])(?:\\[\s\S]|[^\\$])+\$(?!\d)/y)
    if (math === undefined || /\s\$$/.test(math)) return this.#literal('$')
    this.#add({ type: 'math', tex: math.slice(1, -1) }, math.length)
    this.#afterMark = true
  }
}

function emphasis(mark: '*' | '**', children: Inline[]): Inline {
  return { type: mark === '*' ? 'emphasis' : 'strong', children }
}
