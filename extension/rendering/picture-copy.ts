const PICTURE_FILE = /\.(?:svg|png|jpe?g|gif|webp|avif)(?:[?#]|$)/i

/**
 * An image in place of an object that is only a picture, as Sphinx and Texinfo embed their drawings; `undefined` for
 * any other. Where the browser cannot show it, it says what the object would. A drawing with a program stays one.
 */
export function pictureCopy(element: Element): Element | undefined {
  const address = pictureAddress(element)
  if (address === undefined || runsProgram(element as HTMLObjectElement)) return undefined
  const image = element.ownerDocument.createElement('img')
  image.setAttribute('data-lectern-picture', '')
  for (const name of ['id', 'class', 'style', 'title', 'aria-label']) {
    const value = element.getAttribute(name)
    if (value !== null) image.setAttribute(name, value)
  }
  image.src = address
  image.alt = element.getAttribute('aria-label') ?? element.textContent.trim()
  // A rule of the page for objects is none for images.
  const { width, height } = element.getBoundingClientRect()
  const { display, verticalAlign } = element.ownerDocument.defaultView?.getComputedStyle(element) ?? {}
  image.style.setProperty('display', display ?? '')
  image.style.setProperty('vertical-align', verticalAlign ?? '')
  if (width === 0 || height === 0) return image
  image.style.setProperty('width', `${width}px`)
  image.style.setProperty('max-width', '100%')
  image.style.setProperty('height', 'auto')
  image.style.setProperty('aspect-ratio', `${width} / ${height}`)
  return image
}

function pictureAddress(element: Element): string | undefined {
  if (element.localName !== 'object' && element.localName !== 'embed') return undefined
  const address = element.getAttribute(element.localName === 'object' ? 'data' : 'src') ?? ''
  const type = element.getAttribute('type') ?? ''
  if (address === '') return undefined
  return type.startsWith('image/') || (type === '' && PICTURE_FILE.test(address)) ? address : undefined
}

/** As far as the page may look into it. */
function runsProgram({ contentDocument }: HTMLObjectElement): boolean {
  return contentDocument?.querySelector('script') != null
}
