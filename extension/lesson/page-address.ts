/** What of the document's URL names its page: a fragment only where a site routes by it. */
export function pageAddress(): string {
  const { pathname, search, hash } = location
  return pathname.replace(/(?:index\.html?|\/)$/, '') + search + (/^#!?\//.test(hash) ? hash : '')
}
