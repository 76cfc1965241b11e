import { isSymbolName } from '../tex-symbols.ts'
import { command, isSymbol, symbol, type TexNode, type TexRow } from './tex-nodes.ts'

/** How many parts a command takes; what is not here takes none. */
const PARTS: ReadonlyMap<string, number> = new Map(
  [
    '1 sqrt bar overline hat widehat tilde widetilde vec dot ddot check breve acute grave overbrace underbrace underline',
    '1 overrightarrow overleftarrow mathrm mathbf mathbb mathcal mathscr mathfrak mathsf mathtt mathit mathnormal',
    '1 boldsymbol bm pmb operatorname mathop mathbin mathrel mathord mathopen mathclose mathpunct mathinner',
    '1 phantom hphantom vphantom label tag eqref hspace vspace color boxed pmod mod',
    '2 frac dfrac tfrac cfrac binom dbinom tbinom overset underset stackrel textcolor',
  ].flatMap((line) => {
    const [count, ...names] = line.split(' ')
    return names.map((name) => [name, Number(count)] as const)
  }),
)
const WORDS = new Set('text textrm textnormal textbf textit textsf texttt mbox hbox'.split(' '))
const SIZES = /^\\(?:[bB]ig{1,2}[lrm]?|middle)$/
/** Environments with an argument before their first cell. */
const COLUMNS = /^(?:array|subarray|alignat|alignedat)\*?$/

/** Deeper than any author's formula. */
const DEEPEST = 60

/** Reads a formula; `undefined` where braces or environments do not pair. */
export function readTex(tex: string): TexRow | undefined {
  const reader = new TexReader(tex)
  const row = reader.row(0)
  return row !== undefined && reader.isAtEnd ? row : undefined
}

class TexReader {
  readonly #tokens: string[]
  #at = 0
  #broken = false

  constructor(tex: string) {
    this.#tokens = tex.match(/\\[A-Za-z]+\*?|\\[\s\S]|\s+|[\s\S]/gu) ?? []
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length
  }

  /** What stands up to the next `}`, `&`, `\\`, `\right` or `\end`, or to `close`. */
  row(depth: number, close?: string): TexRow | undefined {
    const row: TexRow = []
    while (!this.#broken && !this.isAtEnd && !this.#isEnd(close)) this.#readInto(row, depth)
    return this.#broken ? undefined : row
  }

  #isEnd(close: string | undefined): boolean {
    const token = this.#tokens[this.#at] ?? ''
    return token === close || /^(?:\}|&|\\\\|\\cr|\\right|\\end)$/.test(token)
  }

  #readInto(row: TexRow, depth: number): void {
    const token = this.#tokens[this.#at] ?? ''
    if (token === '_' || token === '^' || token === "'") return this.#readScripts(row, depth)
    row.push(...this.#one(depth))
  }

  #skipBlanks(): void {
    while (/^\s/.test(this.#tokens[this.#at] ?? '')) this.#at++
  }

  /** One node, or none for what shows nothing. */
  #one(depth: number): TexRow {
    if (depth > DEEPEST) this.#broken = true
    const token = this.#tokens[this.#at++] ?? ''
    if (/^\s/.test(token) || token === '~') return []
    if (token === '{') return [{ type: 'group', row: this.#closed(depth, '}') }]
    if (!/^\\[A-Za-z]/.test(token)) return [symbol(token)]
    if (token === '\\left') return [this.#fenced(depth)]
    if (token === '\\begin') return this.#environment(depth)
    if (SIZES.test(token)) return []
    const name = token.slice(1).replace('*', '')
    if (WORDS.has(name)) return this.#words()
    if (name === 'substack') return this.#stack(depth)
    const count = PARTS.get(name)
    if (count !== undefined) return [this.#command(name, count, depth)]
    const isMacro = !isSymbolName(name) && this.#tokens[this.#at] === '{'
    return [symbol(isMacro ? `${token}{${this.#braced()}}` : token)]
  }

  #closed(depth: number, close: string): TexRow {
    const row = this.row(depth + 1, close) ?? []
    if (this.#tokens[this.#at++] !== close) this.#broken = true
    return row
  }

  #part(depth: number): TexRow {
    this.#skipBlanks()
    if (this.isAtEnd || this.#isEnd(undefined)) this.#broken = true
    return this.#broken
      ? []
      : this.#one(depth + 1).flatMap((node) => (node.type === 'group' ? node.row : [node]))
  }

  #command(name: string, count: number, depth: number): TexNode {
    this.#skipBlanks()
    const node = command(name)
    if (node.type !== 'command') return node
    if (name === 'sqrt' && this.#tokens[this.#at] === '[') {
      this.#at++
      node.option = this.#closed(depth, ']')
    }
    for (let i = 0; i < count; i++) node.parts.push(this.#part(depth))
    return node
  }

  /** Delimiters of a size of their own; a dot is none. */
  #fenced(depth: number): TexNode {
    const open = this.#delimiter()
    const inner = this.row(depth + 1) ?? []
    if (this.#tokens[this.#at++] !== '\\right') this.#broken = true
    return { type: 'group', row: [...open, ...inner, ...this.#delimiter()] }
  }

  #delimiter(): TexRow {
    this.#skipBlanks()
    const token = this.#tokens[this.#at++] ?? '.'
    return token === '.' ? [] : [symbol(token)]
  }

  #words(): TexRow {
    const words = this.#braced().replace(/\s+/g, ' ')
    return words.trim() === '' ? [] : [{ type: 'words', words }]
  }

  /** The text between the next braces, as it stands. */
  #braced(): string {
    this.#skipBlanks()
    if (this.#tokens[this.#at] !== '{') return this.#tokens[this.#at++] ?? ''
    const start = ++this.#at
    for (let open = 1; open > 0 && !this.isAtEnd; this.#at++) {
      if (this.#tokens[this.#at] === '{') open++
      if (this.#tokens[this.#at] === '}') open--
    }
    return this.#tokens.slice(start, this.#at - 1).join('')
  }

  #environment(depth: number): TexRow {
    const name = this.#braced()
    const columns = COLUMNS.test(name) ? this.#braced() : ''
    const rows = this.#rows(depth, '\\end')
    if (this.#braced() !== name) this.#broken = true
    const bare = name.replace('*', '')
    return [{ type: 'table', name: bare === 'array' && columns.includes('r') ? 'aligned' : bare, rows }]
  }

  #stack(depth: number): TexRow {
    this.#skipBlanks()
    this.#at++
    return [{ type: 'table', name: 'matrix', rows: this.#rows(depth, '}') }]
  }

  /** Rows of cells up to a token, and past it. */
  #rows(depth: number, end: string): TexRow[][] {
    const rows: TexRow[][] = [[]]
    for (;;) {
      rows.at(-1)?.push(this.row(depth + 1) ?? [])
      const token = this.#tokens[this.#at++]
      if (token === '\\\\' || token === '\\cr') this.#nextRow(rows)
      else if (token !== '&') {
        if (token !== end) this.#broken = true
        return rows
      }
    }
  }

  #nextRow(rows: TexRow[][]): void {
    this.#skipBlanks()
    if (this.#tokens[this.#at] === '[') this.#closed(0, ']')
    rows.push([])
  }

  /** Scripts belong to what stands before them; two dashes are one script. */
  #readScripts(row: TexRow, depth: number): void {
    const last = row.pop()
    const scripts: Extract<TexNode, { type: 'scripts' }> =
      last?.type === 'scripts'
        ? last
        : { type: 'scripts', base: last === undefined ? [] : [last], below: [], above: [] }
    const token = this.#tokens[this.#at++]
    if (token === "'") scripts.above.push(symbol("'"))
    else (token === '_' ? scripts.below : scripts.above).push(...this.#part(depth))
    row.push(scripts)
  }
}

/** Whether a row is nothing but dashes. */
export function isPrimes(row: TexRow): boolean {
  return row.length > 0 && row.every((node) => isSymbol(node, "'"))
}
