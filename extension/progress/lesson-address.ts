/** Pages that are told apart by their query, as those of Moodle; elsewhere a query is how a page is shown. */
const SCRIPT = /\.(?:php|aspx?|jsp|cgi|pl)$/
const LONGEST = 300

/**
 * What a lesson is called wherever its progress is kept: host and path, in one form for the addresses under which a
 * page is reached (with `index.html` or `.html` or a slash at the end, or without). Nothing for what is no web page.
 */
export function lessonAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, host, pathname, search, hash } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return undefined
  const path = pathname.replace(/(?:(?<=\/)index)?\.html?$/, '').replace(/\/+$/, '')
  const query = SCRIPT.test(path) ? search : ''
  const route = /^#!?\//.test(hash) ? hash.replace(/\?.*|\/+$/g, '') : ''
  return (host + path + query + route).slice(-LONGEST)
}
