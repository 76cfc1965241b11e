/** The address of the file by which a page's owner declares its lessons, where the page names one. */
export function siteFileLink(document: Document): string | null {
  return document.querySelector<HTMLLinkElement>('head>link[rel=lectern]')?.href ?? null
}
