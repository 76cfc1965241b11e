import type { Atom, AtomType } from '@lectern/shared'

const PAIRED: Record<string, AtomType> = {
  kbd: 'key',
  sub: 'subscript',
  sup: 'superscript',
  ins: 'inserted',
  del: 'deleted',
  s: 'deleted',
  strike: 'deleted',
  mark: 'marked',
  a: 'other',
}

const TAG = /^<(\/?)([a-z][a-z0-9-]*)/i

/** The legend of one inline tag or comment; never what is in it, since a reader does not see that. */
export function htmlAtom(html: string): Atom {
  const [, slash, name = ''] = TAG.exec(html) ?? []
  const tag = name.toLowerCase()
  if (tag === '') return { type: 'other', text: 'comment' }
  if (tag === 'br') return { type: 'line_break', text: '' }
  if (tag === 'img') return { type: 'image', text: attributeOf(html, 'alt') }
  return { type: 'other', text: `${slash === '/' ? 'end' : 'start'} of ${tag}` }
}

/** The tag that an opening tag pairs with into one atom, and that atom's type: `<kbd>`, `<sub>` and their like. */
export function pairedTag(html: string): { close: RegExp; type: AtomType } | undefined {
  const [, slash, name = ''] = TAG.exec(html) ?? []
  const tag = name.toLowerCase()
  const type = Object.hasOwn(PAIRED, tag) ? PAIRED[tag] : undefined
  if (type === undefined || slash === '/') return undefined
  return { close: new RegExp(`^</${tag}\\s*>$`, 'i'), type }
}

/** The words of a block of HTML, or what its media say of themselves; empty where a reader sees nothing. */
export function htmlWords(html: string): string {
  const seen = html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replace(/<(script|style|template)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
  const media = seen.match(/<(?:img|iframe|video|audio|object|embed|svg|canvas)\b[^<>]*>/gi) ?? []
  const named = media.map((tag) => attributeOf(tag, 'alt') || attributeOf(tag, 'title'))
  return [...named, seen.replace(/<[^<>]*>/g, ' ')].join(' ')
}

/** Whether a block of HTML shows something that is not words. */
export function hasMedia(html: string): boolean {
  return /<(?:img|iframe|video|audio|object|embed|svg|canvas)\b/i.test(html)
}

function attributeOf(tag: string, name: 'alt' | 'title'): string {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag)
  return match?.[1] ?? match?.[2] ?? ''
}
