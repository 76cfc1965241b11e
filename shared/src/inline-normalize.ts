import { foldSpace, visibleText } from './clean-text.ts'
import type { Inline } from './inline-text.ts'

type ParentType = 'emphasis' | 'strong' | 'link'

/**
 * The canonical tree of a block's words, the only one that the notation writes: text visible, NFC and folded
 * across element borders, no blank at either end, no empty element, no element inside its own kind, white space
 * at the edge of emphasis moved outside.
 */
export function normalizeInline(inlines: readonly Inline[]): Inline[] {
  return trimEnd(foldAcross(clean(inlines, new Set()), { afterSpace: true }))
}

function clean(inlines: readonly Inline[], inside: ReadonlySet<ParentType>): Inline[] {
  return joinText(inlines.flatMap((inline) => cleanOne(inline, inside)))
}

function cleanOne(inline: Inline, inside: ReadonlySet<ParentType>): Inline[] {
  switch (inline.type) {
    case 'text':
      return [inline]
    case 'code': {
      const text = foldSpace(visibleText(inline.text))
      return text === '' ? [] : [{ type: 'code', text }]
    }
    case 'math': {
      const tex = cleanTex(inline.tex)
      return tex === '' ? [] : [{ type: 'math', tex }]
    }
    case 'atom':
      return [inline]
    default:
      return cleanParent(inline, inside)
  }
}

function cleanParent(
  inline: Extract<Inline, { children: Inline[] }>,
  inside: ReadonlySet<ParentType>,
): Inline[] {
  if (inside.has(inline.type)) return inline.children.flatMap((child) => cleanOne(child, inside))
  const children = clean(inline.children, new Set([...inside, inline.type]))
  if (inline.type === 'link') return children.length === 0 ? [] : [{ ...inline, children }]
  const { before, core, after } = splitEdges(children)
  if (core.length === 0) return textNodes(before + after)
  return [...textNodes(before), { type: inline.type, children: core }, ...textNodes(after)]
}

function textNodes(text: string): Inline[] {
  return text === '' ? [] : [{ type: 'text', text }]
}

/** A formula of the notation holds no bare `$`, no blank at either end, and does not end within an escape. */
export function cleanTex(tex: string): string {
  const tokens =
    foldSpace(visibleText(tex))
      .trimStart()
      .match(/\\[\s\S]|[\s\S]/g) ?? []
  while (/^\\?\s?$/.test(tokens.at(-1) ?? 'end')) tokens.pop()
  return tokens.map((token) => (token === '$' ? '\\$' : token)).join('')
}

/** Takes the white space at both edges of the children out, so that a mark never stands beside a blank. */
function splitEdges(children: Inline[]): { before: string; core: Inline[]; after: string } {
  const core = [...children]
  const before = takeText(core, 0, (text) => text.trimStart())
  const after = takeText(core, core.length - 1, (text) => text.trimEnd())
  return { before, core, after }
}

/** Trims the text at this place, by no regular expression (a long run of blanks within takes one quadratic time). */
function takeText(core: Inline[], at: number, trim: (text: string) => string): string {
  const node = core.at(at)
  if (node?.type !== 'text') return ''
  const text = trim(node.text)
  core.splice(at, 1, ...textNodes(text))
  return text === '' ? node.text : node.text.replace(text, '')
}

/** One text for each run of texts, cleaned as a whole: where the page cuts its text nodes must not matter. */
function joinText(inlines: Inline[]): Inline[] {
  const joined: Inline[] = []
  for (let at = 0; at < inlines.length; ) {
    const texts: string[] = []
    for (let next = inlines[at]; next?.type === 'text'; next = inlines[++at]) texts.push(next.text)
    joined.push(...textNodes(foldSpace(visibleText(texts.join('')))))
    const other = inlines[at++]
    if (other !== undefined) joined.push(other)
  }
  return joined
}

/** Folds a blank that follows a blank across an element's border; at the block's start it goes too. */
function foldAcross(inlines: Inline[], state: { afterSpace: boolean }): Inline[] {
  return joinText(inlines.flatMap((inline) => foldOne(inline, state)))
}

function foldOne(inline: Inline, state: { afterSpace: boolean }): Inline[] {
  if (inline.type === 'text') {
    const text = state.afterSpace ? inline.text.replace(/^ /, '') : inline.text
    if (text !== '') state.afterSpace = text.endsWith(' ')
    return textNodes(text)
  }
  if ('children' in inline) {
    const children = foldAcross(inline.children, state)
    return children.length === 0 ? [] : [{ ...inline, children }]
  }
  state.afterSpace = false
  return [inline]
}

function trimEnd(inlines: Inline[]): Inline[] {
  const last = inlines.at(-1)
  if (last === undefined) return inlines
  const rest = inlines.slice(0, -1)
  if (last.type === 'text') {
    const text = last.text.replace(/ $/, '')
    return text === '' ? trimEnd(rest) : [...rest, { type: 'text', text }]
  }
  if (last.type !== 'link') return inlines
  const children = trimEnd(last.children)
  return children.length === 0 ? trimEnd(rest) : [...rest, { ...last, children }]
}
