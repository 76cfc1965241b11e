/**
 * Applies a style sheet to a document or shadow root; returns its removal.
 *
 * A constructed sheet is no inline style, so no Content-Security-Policy of the page refuses it. Firefox before
 * 153 throws when a content script adopts one (Mozilla's bug 1751346); there a style element serves, which a
 * content script may insert under any policy.
 */
export function adoptStyles(scope: Document | ShadowRoot, css: string): () => void {
  try {
    return adoptSheet(scope, css)
  } catch {
    return appendStyleElement(scope, css)
  }
}

function adoptSheet(scope: Document | ShadowRoot, css: string): () => void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  scope.adoptedStyleSheets = [...scope.adoptedStyleSheets, sheet]
  return () => {
    scope.adoptedStyleSheets = scope.adoptedStyleSheets.filter((adopted) => adopted !== sheet)
  }
}

function appendStyleElement(scope: Document | ShadowRoot, css: string): () => void {
  const document = scope.ownerDocument ?? (scope as Document)
  const style = document.createElement('style')
  style.textContent = css
  const parent = 'head' in scope ? scope.head : scope
  parent.append(style)
  return () => style.remove()
}
