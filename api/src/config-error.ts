/** A setting that cannot be used; the message names its variable and says what to set. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly variable: string

  constructor(variable: string, remedy: string, options?: ErrorOptions) {
    super(`${variable} ${remedy}`, options)
    this.variable = variable
  }
}
