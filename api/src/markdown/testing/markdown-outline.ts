import type { Nodes } from 'mdast'
import { withoutFrontMatter } from '../front-matter.ts'
import { parseMarkdown } from '../parse-markdown.ts'

const PHRASING = new Set(['text', 'emphasis', 'strong', 'delete', 'inlineCode', 'inlineMath', 'break'])
const POINTING = new Set(['link', 'linkReference', 'image', 'imageReference', 'footnoteReference'])

export type Outline = {
  /** The blocks with what is in them, without their words; what is taken whole with its text. */
  blocks: string
  /** Every target, image, note and tag in the words. */
  pointers: string[]
}

/** What a Markdown source is beside its words. */
export function outlineOf(source: string): Outline {
  const pointers: string[] = []
  const blocks = outline(parseMarkdown(withoutFrontMatter(source)).tree, pointers, false)
  return { blocks, pointers }
}

function outline(node: Nodes, pointers: string[], inWords: boolean): string {
  if (inWords && node.type === 'html') pointers.push(node.value.replace(/\s+/g, ' '))
  if (POINTING.has(node.type)) pointers.push(pointerOf(node))
  const holdsWords = node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell'
  const children = 'children' in node ? node.children : []
  const inside = children.map((child) => outline(child, pointers, inWords || holdsWords)).filter(Boolean)
  if (inWords && (PHRASING.has(node.type) || POINTING.has(node.type) || node.type === 'html')) return ''
  const level = node.type === 'heading' ? node.depth : ''
  const whole = 'value' in node ? JSON.stringify(node.value) : ''
  const target = node.type === 'definition' ? `${node.identifier} ${node.url}` : ''
  return `${node.type}${level}${whole}${target}(${inside.join()})`
}

function pointerOf(node: Nodes): string {
  if ('url' in node) return `${node.type} ${node.url}`
  return 'identifier' in node ? `${node.type} ${node.identifier}` : node.type
}
