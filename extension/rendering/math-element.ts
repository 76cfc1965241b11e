import { isMathNode, type MathNode } from '@lectern/shared'

const mathNamespace = 'http://www.w3.org/1998/Math/MathML'

/**
 * Builds a typeset formula of the closed lists of elements and attributes; of anything else nothing, also where it
 * was checked before it came here.
 */
export function mathElement(document: Document, math: MathNode): Element | undefined {
  if (!isMathNode(math)) return undefined
  const element = build(document, math)
  element.setAttribute('data-lectern-math', '')
  return element
}

function build(document: Document, { name, attributes = {}, children }: MathNode): Element {
  const element = document.createElementNS(mathNamespace, name)
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value)
  element.append(...children.map((child) => (typeof child === 'string' ? child : build(document, child))))
  return element
}
