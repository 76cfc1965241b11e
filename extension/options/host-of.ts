/** A match pattern of a host as people name it: "doc.rust-lang.org", with the scheme only where it is not https. */
export function hostOf(origin: string): string {
  return origin.replace(/^https:\/\//, '').replace(/\/\*$/, '')
}
