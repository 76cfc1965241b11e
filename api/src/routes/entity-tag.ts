import { hash } from 'node:crypto'
import Type from 'typebox'

/** The schema of a 304, sent as `undefined`: no body at all, which as a schema the type null says. */
export const NotChanged = Type.Unsafe<undefined>({ type: 'null', description: 'Not changed' })

/** The strong entity tag of a body that is sent as JSON. */
export function entityTag(body: unknown): string {
  return `"${hash('sha256', JSON.stringify(body), 'base64url')}"`
}

/** Whether an If-None-Match names the tag, by the weak comparison that RFC 9110 (13.1.2) asks for: answer 304. */
export function namesEntityTag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  const tags = ifNoneMatch.split(',').map((tag) => opaque(tag.trim()))
  return tags.includes(opaque(etag)) || tags.includes('*')
}

function opaque(tag: string): string {
  return tag.replace(/^W\//, '')
}
