/** Whether a node shows nothing by itself: white space that HTML folds, a comment. */
export function isBlank(node: Node): boolean {
  if (node.nodeType === node.COMMENT_NODE) return true
  return node.nodeType === node.TEXT_NODE && /^[\t\n\f\r ]*$/.test(node.nodeValue ?? '')
}
