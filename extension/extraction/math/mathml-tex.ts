import { ACCENTS, FUNCTIONS, GAP, texOfCharacter } from './tex-symbols.ts'

/** Formulas nested deeper than this are no author's. */
const DEEPEST = 60

/**
 * TeX for presentation MathML, the only form in which MathJax 3, OpenStax and many converters leave a formula in
 * the page. It gives the formula's structure back, not the author's spelling of it. `undefined` where nothing is
 * shown.
 */
export function mathmlToTex(math: Element): string | undefined {
  const tex = row([...math.children], false, 0).replace(GAPS, (_, next: string) =>
    next === '' ? '' : ` ${next}`,
  )
  return tex.trim() === '' ? undefined : tex.trim()
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the gap is a control character, which no formula holds
const GAPS = /\u0001+([A-Za-z]?)/g

/** `upright`: within `\mathrm{}`, where letters need no mark of their own. */
function row(elements: Element[], upright: boolean, depth: number): string {
  if (depth > DEEPEST) return ''
  if (!upright && isUpright(elements)) return `\\mathrm{${row(elements, true, depth)}}`
  const parts = elements.map((element) => texOf(element, upright, depth + 1))
  return joinUpright(parts).join('')
}

/** Neighbouring upright letters are one word: `\mathrm{H}\mathrm{I}` is `\mathrm{HI}`. */
function joinUpright(parts: string[]): string[] {
  const joined: string[] = []
  for (const part of parts) {
    const word = /^\\mathrm\{([A-Za-z]+)\}$/.exec(part)?.[1]
    const last = joined.at(-1)
    const before = last === undefined ? undefined : /^\\mathrm\{([A-Za-z]+)\}$/.exec(last)?.[1]
    if (word !== undefined && before !== undefined) joined[joined.length - 1] = `\\mathrm{${before}${word}}`
    else joined.push(part)
  }
  return joined
}

/** Whether a row is one upright text, such as a reaction: several letters, none of them slanted. */
function isUpright(elements: Element[]): boolean {
  const letters = elements
    .flatMap((element) => [element, ...element.querySelectorAll('mi')])
    .filter((element) => element.localName === 'mi' && /^[A-Za-z]+$/.test(element.textContent.trim()))
    .filter((element) => !FUNCTIONS.has(element.textContent.trim()))
  return letters.length > 1 && letters.every(isUprightLetter)
}

function isUprightLetter(element: Element): boolean {
  const name = element.textContent.trim()
  const variant = element.getAttribute('mathvariant')
  return variant === 'normal' || (variant === null && [...name].length > 1)
}

function texOf(element: Element, upright: boolean, depth: number): string {
  const children = [...element.children]
  const part = (index: number) => grouped(children[index], upright, depth)
  switch (element.localName) {
    case 'mi':
      return identifier(element, upright)
    case 'mn':
      return number(element)
    case 'mo':
      return operator(element)
    case 'mtext':
    case 'ms':
      return text(element)
    case 'mspace':
      return space(element)
    case 'mfrac':
      return fraction(element, part(0), part(1))
    case 'msqrt':
      return `\\sqrt{${row(children, upright, depth)}}`
    case 'mroot':
      return `\\sqrt[${bare(part(1))}]${braced(part(0))}`
    case 'msub':
    case 'munder':
      return scripted(element, part(0), part(1), undefined)
    case 'msup':
    case 'mover':
      return scripted(element, part(0), undefined, part(1))
    case 'msubsup':
    case 'munderover':
      return scripted(element, part(0), part(1), part(2))
    case 'mtable':
      return matrix(element, upright, depth)
    case 'mfenced':
      return fenced(element, children, upright, depth)
    case 'semantics':
      return texOfFirst(children, upright, depth)
    case 'mphantom':
    case 'annotation':
    case 'annotation-xml':
      return ''
    default:
      return styled(element, children, upright, depth)
  }
}

/** A row, in the alphabet that its element sets it in. */
function styled(element: Element, children: Element[], upright: boolean, depth: number): string {
  const variant = element.getAttribute('mathvariant')
  if (variant === 'normal' && !upright) return `\\mathrm{${row(children, true, depth)}}`
  const command = VARIANTS.get(variant ?? '')
  return command === undefined ? row(children, upright, depth) : `\\${command}{${row(children, true, depth)}}`
}

function texOfFirst(children: Element[], upright: boolean, depth: number): string {
  const [first] = children
  return first === undefined || depth > DEEPEST ? '' : texOf(first, upright, depth + 1)
}

/** The TeX of an argument: one row, not yet in braces. */
function grouped(element: Element | undefined, upright: boolean, depth: number): string {
  if (element === undefined || depth > DEEPEST) return ''
  return element.localName === 'mrow'
    ? row([...element.children], upright, depth + 1)
    : texOf(element, upright, depth + 1)
}

function characters(element: Element): string {
  return [...element.textContent.trim()].map(texOfCharacter).join('')
}

function identifier(element: Element, upright: boolean): string {
  const name = element.textContent.trim()
  if (FUNCTIONS.has(name)) return `\\${name}${GAP}`
  const tex = characters(element)
  const letters = /^[A-Za-z]+$/.test(tex)
  if (!letters || upright) return tex
  const variant = VARIANTS.get(element.getAttribute('mathvariant') ?? '') ?? ''
  if (variant !== '') return `\\${variant}{${tex}}`
  return isUprightLetter(element) ? `\\mathrm{${tex}}` : tex
}

function number(element: Element): string {
  const variant = VARIANTS.get(element.getAttribute('mathvariant') ?? '')
  return variant === undefined ? characters(element) : `\\${variant}{${characters(element)}}`
}

const VARIANTS: ReadonlyMap<string, string> = new Map([
  ['bold', 'mathbf'],
  ['bold-italic', 'boldsymbol'],
  ['double-struck', 'mathbb'],
  ['script', 'mathcal'],
  ['fraktur', 'mathfrak'],
  ['sans-serif', 'mathsf'],
  ['monospace', 'mathtt'],
])

function operator(element: Element): string {
  const name = element.textContent.trim()
  if (FUNCTIONS.has(name)) return `\\${name}${GAP}`
  if (/^[A-Za-z]{2,}$/.test(name)) return `\\operatorname{${name}}`
  return characters(element)
}

function text(element: Element): string {
  const words = element.textContent.replace(/\s+/g, ' ').replace(/[\\{}$%#&_]/g, '\\$&')
  return words.trim() === '' ? '\\ ' : `\\text{${words}}`
}

function space(element: Element): string {
  const width = Number.parseFloat(element.getAttribute('width') ?? '')
  if (!(width > 0)) return ''
  if (width >= 1.9) return `\\qquad${GAP}`
  return width >= 0.9 ? `\\quad${GAP}` : '\\,'
}

function fraction(element: Element, above: string, below: string): string {
  const bar = Number.parseFloat(element.getAttribute('linethickness') ?? '1')
  return `${bar === 0 ? '\\binom' : '\\frac'}${braced(above)}${braced(below)}`
}

/** Without the gap that a closing brace makes needless. */
function bare(tex: string): string {
  return tex.endsWith(GAP) ? tex.slice(0, -1) : tex
}

function braced(tex: string): string {
  return `{${bare(tex)}}`
}

/** An argument of `_` or `^`: braces only around more than one token. */
function argument(tex: string): string {
  const trimmed = bare(tex)
  if (/^[^\\{}]$/u.test(trimmed)) return trimmed
  return /^\\[A-Za-z]+$/.test(trimmed) ? trimmed + GAP : `{${trimmed}}`
}

const PRIMES = /^'+$/
/** What a script can follow without braces: a token, a number, a letter of an alphabet. */
const ATOM = /^(?:[^\\{}]?|\\[A-Za-z]+|[\d.]+|\\math\w+\{\w+\})$/u

function scripted(
  element: Element,
  base: string,
  below: string | undefined,
  above: string | undefined,
): string {
  const accent = accentOf(element, below, above)
  if (accent !== undefined) return `\\${accent}${braced(base)}`
  const main = ATOM.test(bare(base)) ? bare(base) : braced(base)
  const under = below === undefined || bare(below) === '' ? '' : `_${argument(below)}`
  const upper = over(above)
  if (upper === '') return under === '' ? base : main + under
  return main + bare(under) + upper
}

function over(above: string | undefined): string {
  if (above === undefined || bare(above) === '') return ''
  if (PRIMES.test(above)) return above
  return `^${argument(above)}`
}

function accentOf(
  element: Element,
  below: string | undefined,
  above: string | undefined,
): string | undefined {
  const isOver = element.localName === 'mover' && above !== undefined
  if (!isOver && !(element.localName === 'munder' && below !== undefined)) return undefined
  const mark = element.children[1]?.textContent.trim() ?? ''
  const accent = ACCENTS.get(mark)
  if (accent === 'underline' && isOver) return 'bar'
  return accent === 'overline' && !isOver ? 'underline' : accent
}

function matrix(table: Element, upright: boolean, depth: number): string {
  const rows = [...table.children].map((line) =>
    [...line.children]
      .filter((cell, i) => cell.localName === 'mtd' && !(line.localName === 'mlabeledtr' && i === 0))
      .map((cell) => bare(row([...cell.children], upright, depth + 1)))
      .join(' & '),
  )
  const align = table.getAttribute('columnalign') ?? ''
  const environment = /right/.test(align) ? 'aligned' : 'matrix'
  return `\\begin{${environment}}${rows.join(' \\\\ ')}\\end{${environment}}`
}

function fenced(element: Element, children: Element[], upright: boolean, depth: number): string {
  const parts = children.map((child) => grouped(child, upright, depth))
  const open = element.getAttribute('open') ?? '('
  const close = element.getAttribute('close') ?? ')'
  return fence(open) + parts.join(',') + fence(close)
}

function fence(mark: string): string {
  return [...mark].map(texOfCharacter).join('')
}
