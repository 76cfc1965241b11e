import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { browser } from 'wxt/browser'
import { ApiUrl } from './settings-store.ts'
import { storageError } from './storage-error.ts'

/** Where a member of course staff is signed in, and by which token. */
export const StaffSession = Type.Object({
  api_url: ApiUrl,
  token: Type.String({ minLength: 1, maxLength: 200, pattern: '^\\S+$' }),
})
export type StaffSession = Static<typeof StaffSession>

/** Its key in storage; an export leaves it out. */
export const staffSessionKey = 'staff_session'

/** Who is signed in here; nothing for nobody. */
export async function readStaffSession(): Promise<StaffSession | undefined> {
  for (const area of [browser.storage.session, browser.storage.local]) {
    const { [staffSessionKey]: kept } = await area.get(staffSessionKey)
    if (Value.Check(StaffSession, kept)) return kept
  }
  return undefined
}

/**
 * Keeps a session until the browser closes or, where that is wanted, until its end.
 * @throws StorageError when the browser does not take it
 */
export async function keepStaffSession(session: StaffSession, stay: boolean): Promise<void> {
  await forgetStaffSession()
  const area = stay ? browser.storage.local : browser.storage.session
  await area.set({ [staffSessionKey]: session }).catch((error: unknown) => {
    throw storageError(error)
  })
}

/** Signs out: no token is left in this browser. */
export async function forgetStaffSession(): Promise<void> {
  await Promise.all([
    browser.storage.session.remove(staffSessionKey),
    browser.storage.local.remove(staffSessionKey),
  ])
}
