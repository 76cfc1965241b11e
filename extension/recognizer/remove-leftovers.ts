/**
 * Takes out of a page what another run of the extension left in it: Firefox ends the scripts of an extension that is
 * updated or switched off without a word to them (seen in Firefox 153), and their tabs stand there dead.
 */
export function removeLeftovers(document: Document): void {
  for (const left of document.querySelectorAll('[data-lectern-tabs], [data-lectern-clone]')) left.remove()
  for (const original of document.querySelectorAll('[data-lectern-hidden]'))
    original.removeAttribute('data-lectern-hidden')
}
