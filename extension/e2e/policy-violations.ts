declare global {
  interface Window {
    /** The directives of its content security policy by which a page was refused something. */
    violations: string[]
  }
}

// Each runs in a page of the extension and sees nothing of this file.

/** Has a page keep what its policy refuses from now on. */
export function keepViolations(): void {
  window.violations = []
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
    window.violations.push(effectiveDirective),
  )
}

/** Tries what no page of the extension may do. Where markup is taken, that is told like a violation. */
export function tryForbidden(): void {
  const elsewhere = 'http://localhost:9/'
  try {
    document.createElement('div').innerHTML = '<b>markup</b>'
    window.violations.push('took markup')
  } catch {
    // Refused, which the page was told, too.
  }
  const style = document.createElement('style')
  style.textContent = 'b { color: red }'
  const image = document.createElement('img')
  image.src = elsewhere
  document.body.append(style, image)
  void fetch(elsewhere).catch(() => undefined)
}

/** What `tryForbidden` is refused by. */
export const forbidden = ['connect-src', 'img-src', 'require-trusted-types-for', 'style-src-elem']
