/** YAML between `---` or TOML between `+++`, at the very start; it begins with a key or a comment. */
const OPENING = /^\ufeff?(?:---|\+\+\+)[ \t]*(?:\r\n?|\n)(?=[A-Za-z_"'#-][^\r\n]*[:=#])/
const CLOSING = /(?:\r\n?|\n)(?:---|\+\+\+|\.\.\.)[ \t]*(?=[\r\n]|$)/g

/**
 * The source with its front matter and byte order mark blanked out, so that they are no part of the lesson and every
 * offset stays as it is.
 */
export function withoutFrontMatter(source: string): string {
  const end = frontMatterEnd(source)
  return (
    source
      .slice(0, end)
      .replace(/[^\r\n]/g, ' ')
      .replace(/^ /, '\n') + source.slice(end)
  )
}

function frontMatterEnd(source: string): number {
  const opening = OPENING.exec(source)
  if (opening === null) return source.startsWith('\ufeff') ? 1 : 0
  CLOSING.lastIndex = opening[0].length
  const closing = CLOSING.exec(source)
  return closing === null ? 0 : closing.index + closing[0].length
}
