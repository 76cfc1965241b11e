import { fakeBrowser } from 'wxt/testing/fake-browser'
import { type Locale, messagesOf } from './messages-of.ts'

/** Makes the fake browser speak a language, from now on: it knows no messages of its own. */
export async function speak(locale: Locale): Promise<void> {
  const messages = await messagesOf(locale)
  const byName = new Map(Object.entries(messages).map(([key, text]) => [key.replaceAll('.', '_'), text]))
  Object.assign(fakeBrowser, { i18n: { getMessage: (name: string) => byName.get(name) ?? '' } })
}

// As a set-up file: English for every test that does not ask for another.
await speak('en')
