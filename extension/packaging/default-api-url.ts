/** The API's address that a build comes with, without a slash at its end: LECTERN_API_URL, or that of `pnpm start`. */
export function defaultApiUrl(variable: string | undefined): string {
  return (variable || 'http://localhost:8787').replace(/\/+$/, '')
}
