import type { Failure } from '@lectern/shared'
import { failure } from '../failure.ts'
import type { StaffToken, StaffTokenStore } from './ports.ts'
import { isSecretOf, readStaffToken } from './staff-token.ts'
import type { WrongTries } from './wrong-tries.ts'

export type AuthorizationPorts = { tokens: StaffTokenStore; wrongTries: WrongTries }

/**
 * Who sends this Authorization header. A token that is forged, expired or revoked is refused in the same words:
 * which of them it is would help a stranger only. After five wrong ones within a minute the address waits.
 */
export async function authorizeStaff(
  { tokens, wrongTries }: AuthorizationPorts,
  header: string | undefined,
  address: string,
): Promise<StaffToken | Failure> {
  const wait = wrongTries.waitFor(address)
  if (wait > 0)
    return {
      ...failure('too_many_requests', 'Too many wrong staff tokens: wait a minute, then try again.'),
      retry_after: wait,
    }
  const [, given = ''] = /^Bearer (\S+)$/i.exec(header ?? '') ?? []
  const read = readStaffToken(given)
  const token = read && (await tokens.find(read.token_id))
  if (read === undefined || token === undefined || !holds(token) || !isSecretOf(read.secret, token.hash)) {
    if (header !== undefined) wrongTries.note(address)
    return notAuthorized()
  }
  await tokens.noteUse(token.token_id)
  return token
}

function holds({ expires_at, revoked_at }: StaffToken): boolean {
  return revoked_at === undefined && expires_at > new Date()
}

function notAuthorized(): Failure {
  return failure(
    'not_authorized',
    'This call is for course staff: send a token that holds as "Authorization: Bearer ...". Whoever runs the API makes one with "pnpm staff add NAME".',
    'authorization',
  )
}
