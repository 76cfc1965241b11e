import { command, isSymbol, symbol, type TexNode, type TexRow } from './tex-nodes.ts'
import { COMMANDS, FENCES, FONTS, PLAIN, SILENT, SWITCHES, SYNONYMS } from './tex-spellings.ts'

/** A formula with one name for each thing, without what is not seen. */
export function tidy(row: TexRow): TexRow {
  return withTables(withoutGroups(withNegations(withFractions(row)).flatMap(tidyNode)))
}

const NEGATIONS: ReadonlyMap<string, string> = new Map([
  ['=', '\\neq'],
  ['\\in', '\\notin'],
])

function withNegations(row: TexRow): TexRow {
  return row.flatMap((node, i) => {
    const isNegated = isSymbol(row[i - 1], '\\not')
    const negation = isNegated && node.type === 'symbol' ? NEGATIONS.get(node.tex) : undefined
    if (negation !== undefined) return [symbol(negation)]
    const next = row[i + 1]
    const isMeant = next?.type === 'symbol' && NEGATIONS.has(next.tex)
    return isSymbol(node, '\\not') && isMeant ? [] : [node]
  })
}

/** `{a \over b}` is a fraction. */
function withFractions(row: TexRow): TexRow {
  const isBar = (node: TexNode) => isSymbol(node, '\\over') || isSymbol(node, '\\choose')
  const at = row.findIndex(isBar)
  if (at === -1 || at !== row.findLastIndex(isBar)) return withFonts(row)
  return [command(isSymbol(row[at], '\\over') ? 'frac' : 'binom', row.slice(0, at), row.slice(at + 1))]
}

/** `{\rm text}` is text in that font, up to the next such switch. */
function withFonts(row: TexRow): TexRow {
  const parts: TexRow = []
  let inFont = parts
  for (const node of row) {
    const font = node.type === 'symbol' ? SWITCHES.get(node.tex) : undefined
    if (font === undefined) inFont.push(node)
    else {
      inFont = []
      parts.push(command(font, inFont))
    }
  }
  return parts
}

function tidyNode(node: TexNode): TexRow {
  switch (node.type) {
    case 'symbol':
      return tidySymbol(node.tex)
    case 'group':
      return [{ type: 'group', row: tidy(node.row) }]
    case 'scripts':
      return tidyScripts(tidy(node.base), tidy(node.below), tidy(node.above))
    case 'table':
      return tidyTable(node.name, node.rows)
    case 'command':
      return tidyCommand(node)
    default:
      return [node]
  }
}

function tidySymbol(tex: string): TexRow {
  const name = /^\\(.+)$/s.exec(tex)?.[1]
  if (name !== undefined && (SILENT.has(name) || name.trim() === '')) return []
  if (tex === '\\qquad') return [symbol('\\quad'), symbol('\\quad')]
  if (tex === '\\bmod') return MOD
  return [symbol(SYNONYMS.get(tex) ?? tex)]
}

function tidyCommand(node: Extract<TexNode, { type: 'command' }>): TexRow {
  const name = COMMANDS.get(node.name) ?? node.name
  const [first = [], second = []] = node.parts.map(tidy)
  if (SILENT.has(name)) return []
  if (PLAIN.test(name)) return [{ type: 'group', row: first }]
  if (FONTS.test(name)) return styled(first, name)
  if (name === 'textcolor') return [{ type: 'group', row: second }]
  if (name === 'overset' || name === 'stackrel') return tidyScripts(second, [], first)
  if (name === 'underset') return tidyScripts(second, first, [])
  if (name === 'mod') return [symbol('\\quad'), ...MOD, ...first]
  if (name === 'pmod') return [symbol('\\quad'), symbol('('), ...MOD, ...first, symbol(')')]
  const parts = node.parts.length > 1 ? [first, second] : [first]
  return [{ ...node, name, parts, ...(node.option !== undefined && { option: tidy(node.option) }) }]
}

const MOD = [...'mod'].map((letter) => command('mathrm', [symbol(letter)]))

/** Sets the letters of a row in a font; what is no letter has none. */
function styled(row: TexRow, font: string): TexRow {
  const letters = font === 'mathrm' ? /^[A-Za-z]$/ : /^[A-Za-z\d]$/
  return row.flatMap((node): TexRow => {
    if (node.type === 'symbol') return [letters.test(node.tex) ? command(font, [node]) : node]
    if (node.type === 'group') return [{ type: 'group', row: styled(node.row, font) }]
    if (node.type === 'scripts')
      return tidyScripts(styled(node.base, font), styled(node.below, font), styled(node.above, font))
    if (node.type === 'command' && !FONTS.test(node.name))
      return [{ ...node, parts: node.parts.map((part) => styled(part, font)) }]
    return [node]
  })
}

/** Scripts stand at the last letter of a word. */
function tidyScripts(base: TexRow, below: TexRow, above: TexRow): TexRow {
  const whole = base.flatMap((node) => (node.type === 'group' ? node.row : [node]))
  if (below.length === 0 && above.length === 0) return base
  if (whole.length > 1 && whole.every(isStyledLetter))
    return [...whole.slice(0, -1), { type: 'scripts', base: whole.slice(-1), below, above }]
  return [{ type: 'scripts', base: whole, below, above }]
}

function isStyledLetter(node: TexNode): boolean {
  return node.type === 'command' && FONTS.test(node.name)
}

/** Braces around a part of a row change nothing that is seen. */
function withoutGroups(row: TexRow): TexRow {
  return row.flatMap((node) => (node.type === 'group' ? node.row : [node]))
}

const ALIGNED = /^(?:align|aligned|alignat|alignedat|split|eqnarray|flalign)$/
const KEPT = /^(?:[pbBvV]matrix|cases)$/

function tidyTable(name: string, rows: TexRow[][]): TexRow {
  const cells = rows.map((row) => row.map(tidy))
  while (cells.length > 1 && cells.at(-1)?.every((cell) => cell.length === 0)) cells.pop()
  const [only = [], ...more] = cells
  if (more.length === 0 && only.length === 1) return only[0] ?? []
  return [{ type: 'table', name: tableName(name), rows: cells }]
}

function tableName(name: string): string {
  if (ALIGNED.test(name)) return 'aligned'
  if (name === 'dcases') return 'cases'
  return KEPT.test(name) ? name : 'matrix'
}

/** A table between delimiters is one of those that have a name; so is a binomial coefficient. */
function withTables(row: TexRow): TexRow {
  const named: TexRow = []
  for (let i = 0; i < row.length; i++) {
    const node = row[i] as TexNode
    const fenced = betweenFences(named.at(-1), node, row[i + 1])
    if (fenced !== undefined) i++
    const whole = fenced ?? casesOf(named.at(-1), node)
    if (whole !== undefined) named.pop()
    named.push(whole ?? node)
  }
  return named
}

function betweenFences(before: TexNode | undefined, node: TexNode, after: TexNode | undefined) {
  const fence = FENCES.find(([open, close]) => isSymbol(before, open) && isSymbol(after, close))
  if (fence === undefined) return undefined
  if (isNameless(node)) return { ...node, name: fence[2] }
  return fence[0] === '(' && node.type === 'command' && node.name === 'binom' ? node : undefined
}

function casesOf(before: TexNode | undefined, node: TexNode): TexNode | undefined {
  return isNameless(node) && isSymbol(before, '\\{') ? { ...node, name: 'cases' } : undefined
}

function isNameless(node: TexNode): node is Extract<TexNode, { type: 'table' }> {
  return node.type === 'table' && /^(?:matrix|aligned)$/.test(node.name)
}
