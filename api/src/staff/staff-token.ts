import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'

/** What a token begins with, so that people and secret scanners know it. */
const PREFIX = 'lectern_staff'
const FORM = new RegExp(`^${PREFIX}_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$`)

/** A new token: the text to hand out once, and what is kept of it. */
export function newStaffToken(): { token: string; token_id: string; hash: string } {
  const token_id = randomUUID()
  const secret = randomBytes(32).toString('base64url')
  const token = `${PREFIX}_${token_id.replaceAll('-', '')}_${secret}`
  return { token, token_id, hash: hashOf(secret) }
}

/** The parts of a token; nothing for any other text. */
export function readStaffToken(token: string): { token_id: string; secret: string } | undefined {
  const [, id = '', secret] = FORM.exec(token) ?? []
  if (secret === undefined) return undefined
  const token_id = id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  return { token_id, secret }
}

/** Whether a secret is the one of this hash, in a time that does not tell how much of it is right. */
export function isSecretOf(secret: string, hash: string): boolean {
  const [given, kept] = [Buffer.from(hashOf(secret), 'hex'), Buffer.from(hash, 'hex')]
  return given.length === kept.length && timingSafeEqual(given, kept)
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
