import { FUNCTIONS } from '../tex-symbols.ts'
import { isPrimes } from './read-tex.ts'
import { command, isSymbol, type TexNode, type TexRow } from './tex-nodes.ts'
import { FENCES, FONTS } from './tex-spellings.ts'

/** Writes a formula with as few braces and blanks as can be. */
export function printRow(row: TexRow): string {
  return join(joinWords(uprightRow(row) ?? row).map(print))
}

/** A row with several words, all of them upright, is set so as a whole, as a reaction is. */
function uprightRow(row: TexRow): TexRow | undefined {
  const letters = lettersOf(row)
  const words = joinWords(row).filter((node) => print(node).startsWith('\\mathrm'))
  if (words.length < 2 || !letters.every((font) => font === 'mathrm')) return undefined
  return [command('mathrm', row.map(unstyled))]
}

/** The font of each letter of a row. */
function lettersOf(row: TexRow): string[] {
  return row.flatMap((node): string[] => {
    switch (node.type) {
      case 'symbol':
        return /^[A-Za-z]$/.test(node.tex) ? [''] : []
      case 'command':
        return FONTS.test(node.name) ? [node.name] : node.parts.flatMap(lettersOf)
      case 'scripts':
        return [...lettersOf(node.base), ...lettersOf(node.below), ...lettersOf(node.above)]
      default:
        return []
    }
  })
}

function unstyled(node: TexNode): TexNode {
  if (node.type === 'scripts')
    return {
      ...node,
      base: node.base.map(unstyled),
      below: node.below.map(unstyled),
      above: node.above.map(unstyled),
    }
  if (node.type !== 'command') return node
  const [only] = node.parts[0] ?? []
  if (node.name === 'mathrm' && only !== undefined && node.parts[0]?.length === 1) return only
  return { ...node, parts: node.parts.map((part) => part.map(unstyled)) }
}

/** Letters of one font side by side are one word. */
function joinWords(row: TexRow): TexRow {
  const joined: TexRow = []
  for (const node of row) {
    const last = joined.at(-1)
    if (isWord(node) && isWord(last) && node.name === last.name)
      joined[joined.length - 1] = command(node.name, [...(last.parts[0] ?? []), ...(node.parts[0] ?? [])])
    else joined.push(node)
  }
  return joined
}

function isWord(node: TexNode | undefined): node is Extract<TexNode, { type: 'command' }> {
  return node?.type === 'command' && FONTS.test(node.name)
}

/** Joins pieces, with a blank where a command would run into a letter. */
function join(pieces: string[]): string {
  return pieces
    .map((piece, i) =>
      /^[A-Za-z]/.test(piece) && /\\[A-Za-z]+$/.test(pieces[i - 1] ?? '') ? ` ${piece}` : piece,
    )
    .join('')
}

function print(node: TexNode): string {
  switch (node.type) {
    case 'symbol':
      return node.tex
    case 'words':
      return `\\text{${node.words}}`
    case 'group':
      return printRow(node.row)
    case 'table':
      return `\\begin{${node.name}}${node.rows.map((cells) => cells.map(printRow).join(' & ')).join(' \\\\ ')}\\end{${node.name}}`
    case 'scripts':
      return printScripts(node)
    default:
      return printCommand(node)
  }
}

function printCommand(node: Extract<TexNode, { type: 'command' }>): string {
  const parts = node.parts.map(printRow)
  if (node.name === 'mathrm' && FUNCTIONS.has(parts[0] ?? '')) return `\\${parts[0]}`
  const option = node.option === undefined ? '' : `[${printRow(node.option)}]`
  return `\\${node.name}${option}${parts.map((part) => `{${part}}`).join('')}`
}

function printScripts({ base, below, above }: Extract<TexNode, { type: 'scripts' }>): string {
  const main = base.length > 1 && !isFenced(base) ? `{${printRow(base)}}` : printRow(base)
  const under = below.length === 0 ? '' : `_${argument(below)}`
  if (above.length === 0) return main + under
  return join([main + under, isPrimes(above) ? above.map(print).join('') : `^${argument(above)}`])
}

function argument(row: TexRow): string {
  const tex = printRow(row)
  return /^(?:[^\\{}]|\\[A-Za-z]+)$/u.test(tex) ? tex : `{${tex}}`
}

/** Whether delimiters hold a row together. */
function isFenced(row: TexRow): boolean {
  const fence = FENCES.find(([open, close]) => isSymbol(row[0], open) && isSymbol(row.at(-1), close))
  if (fence === undefined) return false
  return !row.slice(1, -1).some((node) => isSymbol(node, fence[0]) || isSymbol(node, fence[1]))
}
