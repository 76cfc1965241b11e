/** Latin words in a row, with what joins them: "gradient descent", "C++", "x-axis". */
const TERM =
  /\p{Script=Latin}[\p{Script=Latin}\p{M}\p{N}]*(?:[ \u00a0.'’_/&-][\p{Script=Latin}\p{N}][\p{Script=Latin}\p{M}\p{N}]*)*[+#]*/gu

/**
 * Text of a right-to-left language with each Latin term in an element of its own direction, so that the marks
 * around it ("C++", "TCP/IP.") do not change sides. A single letter keeps its side by itself.
 */
export function isolateTerms(text: string, document: Document, termsLanguage: string): Node[] {
  const nodes: Node[] = []
  let end = 0
  for (const { 0: term, index } of text.matchAll(TERM)) {
    if (term.length < 2) continue
    if (index > end) nodes.push(document.createTextNode(text.slice(end, index)))
    nodes.push(isolated(term, document, termsLanguage))
    end = index + term.length
  }
  if (end < text.length) nodes.push(document.createTextNode(text.slice(end)))
  return nodes
}

function isolated(term: string, document: Document, language: string): Element {
  const bdi = document.createElement('bdi')
  bdi.setAttribute('lang', language)
  bdi.textContent = term
  return bdi
}
