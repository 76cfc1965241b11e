/**
 * The match pattern of a page's whole host ("https://doc.rust-lang.org/*"), as permissions are asked for; nothing
 * for what is no web page. Without the port, since Firefox takes none in a pattern (its bug 1362809).
 */
export function originPattern(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return undefined
  return `${protocol}//${hostname}/*`
}
