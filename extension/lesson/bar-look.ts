/** Attributes by which pages switch between light and dark. */
const themeAttributes = [
  'class',
  'style',
  'data-theme',
  'data-color-mode',
  'data-md-color-scheme',
  'data-bs-theme',
]

/** Gives the bar the font, size and colours of the lesson, and again whenever the page changes its theme. */
export function keepLook(bar: HTMLElement, lesson: Element, signal: AbortSignal): void {
  const { documentElement, body } = lesson.ownerDocument
  const update = () => takeLook(bar, lesson)
  const observer = new MutationObserver(update)
  for (const element of [documentElement, body])
    observer.observe(element, { attributes: true, attributeFilter: themeAttributes })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', update, { signal })
  signal.addEventListener('abort', () => observer.disconnect(), { once: true })
  update()
}

function takeLook(bar: HTMLElement, lesson: Element): void {
  const { fontFamily, fontSize, color, backgroundColor } = getComputedStyle(lesson)
  const look = {
    'font-family': fontFamily,
    'font-size': fontSize,
    color,
    background: backgroundColor,
    surface: surfaceOf(lesson),
    scheme: isLight(color) ? 'dark' : 'light',
  }
  for (const [name, value] of Object.entries(look)) bar.style.setProperty(`--lectern-${name}`, value)
}

/** The first background behind the lesson that lets nothing through: what opens above the page needs one. */
function surfaceOf(lesson: Element): string {
  for (let at: Element | null = lesson; at !== null; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at)
    if (!/^rgba\(.*\)$|\/|transparent/.test(backgroundColor)) return backgroundColor
  }
  return 'Canvas'
}

/** Light words stand on a dark page, whatever scheme it declares; controls are drawn to fit. */
function isLight(color: string): boolean {
  const [red = 0, green = 0, blue = 0] = color.match(/\d+(?:\.\d+)?/g)?.map(Number) ?? []
  return color.startsWith('rgb') && (red + green + blue) / 3 > 128
}
