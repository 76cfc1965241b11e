/** Somebody of the course staff as their token tells it. */
export type StaffToken = {
  token_id: string
  name: string
  created_at: Date
  expires_at: Date
  last_used_at?: Date
  revoked_at?: Date
}

/** Where staff tokens are kept; of a token only the SHA-256 (hex digits). Every method is one statement. */
export type StaffTokenStore = {
  add(token: { token_id: string; name: string; hash: string; expires_at: Date }): Promise<void>
  /** The token of an id with its hash, whether or not it still holds. */
  find(tokenId: string): Promise<(StaffToken & { hash: string }) | undefined>
  /** Notes the use of a token, to an hour: reading must not cost a write each time. */
  noteUse(tokenId: string): Promise<void>
  list(): Promise<StaffToken[]>
  /** Revokes all tokens of a name; gives how many held until now. */
  revoke(name: string): Promise<number>
}
