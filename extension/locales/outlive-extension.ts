/** What `createI18n` gives, as far as it is called here: the types of keys and values are the caller's. */
type Translate = (key: string, ...values: unknown[]) => string

/**
 * Lets messages outlive the extension in a page: once it was updated or switched off, Chromium throws at each call
 * that an old content script makes to it ("Extension context invalidated", seen in Chromium 156), and a lesson's
 * tabs would break while they say so. What was said before is said again; another message is an empty one then.
 */
export function outliveExtension<T extends object>(i18n: { t: T }): { t: T } {
  const translate = i18n.t as unknown as Translate
  const said = new Map<string, string>()
  const t: Translate = (key, ...values) => {
    try {
      const text = translate(key, ...values)
      if (values.length === 0) said.set(key, text)
      return text
    } catch {
      return said.get(key) ?? ''
    }
  }
  return { t: t as unknown as T }
}
