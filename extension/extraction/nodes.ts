/** By node type, since `instanceof` fails for the nodes of another document's window. */
export function isElement(node: Node | null): node is Element {
  return node?.nodeType === 1
}

export function isText(node: Node | null): node is Text {
  return node?.nodeType === 3
}

/** The children of an element; quicker than its live list where there are many. */
export function* childrenOf(element: Element): Generator<ChildNode> {
  for (let child = element.firstChild; child !== null; child = child.nextSibling) yield child
}

/** The elements that a selector from outside names; none where it is no selector. */
export function safeQueryAll(root: ParentNode, selector: string): Element[] {
  try {
    return [...root.querySelectorAll(selector)]
  } catch {
    return []
  }
}
