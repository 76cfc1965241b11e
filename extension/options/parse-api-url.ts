export type ParsedApiUrl = { ok: true; apiUrl: string } | { ok: false; problem: string }

/** Reads the API's address as typed; without a slash at the end. */
export function parseApiUrl(typed: string): ParsedApiUrl {
  const text = typed.trim()
  if (!URL.canParse(text))
    return { ok: false, problem: 'Not saved: write a whole address, such as https://lectern.example.org.' }
  const { protocol, username, password, origin, pathname, search, hash } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:')
    return { ok: false, problem: 'Not saved: the address must begin with https:// or http://.' }
  if (username || password)
    return { ok: false, problem: 'Not saved: leave name and password out of the address.' }
  if (search || hash)
    return { ok: false, problem: 'Not saved: leave out what follows ? or # in the address.' }
  return { ok: true, apiUrl: (origin + pathname).replace(/\/+$/, '') }
}
