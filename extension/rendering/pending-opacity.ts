type Colour = readonly [red: number, green: number, blue: number, alpha: number]

/** How opaque a waiting block may be, faintest first. */
export const pendingOpacities = [0.6, 0.7, 0.8, 0.9] as const
/** The contrast that WCAG 2.2 asks of text at level AA. */
const leastContrast = 4.5
/** Words of a block whose colours are looked at: its own, its first link's, code's ... */
const coloured = 'a, code, em, strong, span'
const mostColoured = 8

const white: Colour = [255, 255, 255, 1]
const black: Colour = [18, 18, 18, 1]

/**
 * How opaque a block can be while it waits, so that it looks unfinished and all of its words keep the contrast of
 * level AA: 1, so not dimmed, where it has none to spare or its colours are in no form that can be reckoned with.
 */
export function pendingOpacity(block: Element): number {
  const behind = backgroundOf(block.parentElement)
  const own = layersOf([block])
  const texts = [block, ...[...block.querySelectorAll(coloured)].slice(0, mostColoured)]
  const pairs = texts.map((element) => ({
    text: colourOf(styleOf(element)?.color),
    surface: over(layersOf(between(element, block)), over(own, behind)),
  }))
  const isReadable = (opacity: number) =>
    pairs.every(({ text, surface }) => {
      if (text === undefined || surface === undefined || behind === undefined) return false
      return (
        contrast(mix(over([text], surface) ?? surface, behind, opacity), mix(surface, behind, opacity)) >=
        leastContrast
      )
    })
  return pendingOpacities.find(isReadable) ?? 1
}

function between(element: Element, block: Element): Element[] {
  const chain: Element[] = []
  for (let at: Element | null = element; at !== null && at !== block; at = at.parentElement) chain.unshift(at)
  return chain
}

/** What is painted behind an element's children; the browser's canvas where nothing is. */
function backgroundOf(element: Element | null): Colour | undefined {
  const chain: Element[] = []
  for (let at = element; at !== null; at = at.parentElement) chain.unshift(at)
  const root = chain[0]
  const isDark = /dark/.test(root === undefined ? '' : (styleOf(root)?.colorScheme ?? ''))
  return over(layersOf(chain), isDark ? black : white)
}

function layersOf(elements: readonly Element[]): (Colour | undefined)[] {
  return elements.map((element) => colourOf(styleOf(element)?.backgroundColor))
}

function styleOf(element: Element): CSSStyleDeclaration | undefined {
  return element.ownerDocument.defaultView?.getComputedStyle(element)
}

/** A computed colour as red, green, blue of 255, and alpha; browsers give sRGB as `rgb()`. */
function colourOf(value = ''): Colour | undefined {
  const numbers = /^rgba?\(([^)]+)\)$/
    .exec(value)?.[1]
    ?.split(/[\s,/]+/)
    .map(Number)
  if (numbers === undefined || numbers.some(Number.isNaN)) return undefined
  const [red = 0, green = 0, blue = 0, alpha = 1] = numbers
  return [red, green, blue, alpha]
}

/** Colours painted one over the other on a surface that hides what is behind it. */
function over(layers: readonly (Colour | undefined)[], surface: Colour | undefined): Colour | undefined {
  return layers.reduce<Colour | undefined>(
    (below, layer) => (below === undefined || layer === undefined ? undefined : mix(layer, below, layer[3])),
    surface,
  )
}

function mix(one: Colour, other: Colour, share: number): Colour {
  const channel = (i: 0 | 1 | 2) => one[i] * share + other[i] * (1 - share)
  return [channel(0), channel(1), channel(2), 1]
}

/** The contrast ratio of WCAG 2.2. */
function contrast(one: Colour, other: Colour): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance([red, green, blue]: Colour): number {
  const linear = (channel: number) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
