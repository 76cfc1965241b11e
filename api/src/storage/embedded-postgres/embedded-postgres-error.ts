export type EmbeddedPostgresFailure =
  | 'unsupported_platform'
  | 'folder_unusable'
  | 'in_use'
  | 'start_failed'
  | 'stop_failed'

/** A failure of the embedded PostgreSQL; its message is a sentence with a next step, fit to be shown as it is. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
  readonly code: EmbeddedPostgresFailure

  constructor(code: EmbeddedPostgresFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

export const USE_YOUR_OWN = 'set DATABASE_URL to a PostgreSQL of yours'
