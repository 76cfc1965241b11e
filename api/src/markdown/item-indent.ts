/**
 * What a line begins with that goes on with a list item: the first line of the item with blanks for its markers,
 * so that quotes around it and tabs count as they do there.
 *
 * @param line the line that the item starts on
 * @param at where on it the item's marker stands
 */
export function itemIndent(line: string, at: number): string {
  const [, marker = '', blanks = '', rest = ''] =
    /^([-*+]|\d{1,9}[.)])([ \t]*)(.*)/.exec(line.slice(at)) ?? []
  const before = line.slice(0, at) + marker
  const width = columnOf(before + blanks) - columnOf(before)
  // Of more than four columns only the first is padding: the rest belongs to the code that follows.
  const padding = rest === '' || width > 4 ? ' ' : blanks
  return before.replace(/[^>\t]/g, ' ') + padding
}

/** The column after a text without line breaks; a tab goes on to the next multiple of four. */
function columnOf(text: string): number {
  let column = 0
  for (const character of text) column += character === '\t' ? 4 - (column % 4) : 1
  return column
}
