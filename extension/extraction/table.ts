/** A table with more cells that hold words is a listing of data: its cells are not offered for rewriting. */
const MOST_WORD_CELLS = 150

/** Whether a table holds data: tables are also used for layout, numbered lines and boxes with a heading. */
export function isDataTable(table: Element): boolean {
  const role = table.getAttribute('role')
  if (role === 'presentation' || role === 'none') return false
  if (table.querySelector('h1, h2, h3, h4, h5, h6, pre, table, form, [role=table]') !== null) return false
  const rows = rowsOf(table)
  if (table.querySelector('th, thead, caption, [role=columnheader]') !== null) return rows.length > 0
  return rows.length > 1 && rows.some((row) => cellsOf(row).length > 1)
}

export function rowsOf(table: Element): Element[] {
  return [...table.querySelectorAll('tr, [role=row]')]
}

export function cellsOf(row: Element): Element[] {
  return [...row.children].filter(
    (cell) =>
      cell.localName === 'td' ||
      cell.localName === 'th' ||
      /^(cell|columnheader|rowheader|gridcell)$/.test(cell.getAttribute('role') ?? ''),
  )
}

/** Whether a text is more than a number or a symbol. */
export function isWords(text: string): boolean {
  return /\p{L}{2}/u.test(text)
}

export function hasManyWords(table: Element): boolean {
  const cells = rowsOf(table).flatMap(cellsOf)
  return (
    cells.length > MOST_WORD_CELLS &&
    cells.filter((cell) => isWords(cell.textContent)).length > MOST_WORD_CELLS
  )
}

export function captionsOf(table: Element): Element[] {
  return [...table.children].filter((child) => child.localName === 'caption')
}
