/** A formula of TeX as read: what stands side by side. */
export type TexRow = TexNode[]

export type TexNode =
  /** A character, or a command that takes nothing. */
  | { type: 'symbol'; tex: string }
  /** What stands in braces, or between `\left` and `\right`. */
  | { type: 'group'; row: TexRow }
  | { type: 'command'; name: string; option?: TexRow; parts: TexRow[] }
  | { type: 'words'; words: string }
  | { type: 'scripts'; base: TexRow; below: TexRow; above: TexRow }
  | { type: 'table'; name: string; rows: TexRow[][] }

export function symbol(tex: string): TexNode {
  return { type: 'symbol', tex }
}

export function command(name: string, ...parts: TexRow[]): TexNode {
  return { type: 'command', name, parts }
}

export function isSymbol(node: TexNode | undefined, tex: string): boolean {
  return node?.type === 'symbol' && node.tex === tex
}
