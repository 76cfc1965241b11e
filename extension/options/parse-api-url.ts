export type ApiUrlProblem = 'not_whole' | 'not_http' | 'has_password' | 'has_query'
export type ParsedApiUrl = { ok: true; apiUrl: string } | { ok: false; problem: ApiUrlProblem }

/** Reads the API's address as typed; without a slash at the end. */
export function parseApiUrl(typed: string): ParsedApiUrl {
  const text = typed.trim()
  if (!URL.canParse(text)) return { ok: false, problem: 'not_whole' }
  const { protocol, username, password, origin, pathname, search, hash } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return { ok: false, problem: 'not_http' }
  if (username || password) return { ok: false, problem: 'has_password' }
  if (search || hash) return { ok: false, problem: 'has_query' }
  return { ok: true, apiUrl: (origin + pathname).replace(/\/+$/, '') }
}
