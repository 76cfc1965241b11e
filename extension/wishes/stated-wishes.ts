import { usagePreference } from './usage-preference.ts'

/** Licences that let nobody pass on a changed version, such as the rewrite that a class shares. */
const noDerivatives = /^https?:\/\/(?:www\.)?creativecommons\.org\/licenses\/by(?:-nc)?-nd\//i

/** What declines: a signal about AI, or the licence. */
export type StatedWish = 'signal' | 'licence'

/**
 * What a page's own marks decline, as `statedOn` gives them: `noai` in meta robots (DeviantArt's, 2022), the TDM
 * Reservation Protocol's meta (W3C community report, May 2024), and a licence without derivatives where the page names
 * no other. `noimageai` declines nothing here: no image is sent or changed.
 */
export function wishOnPage(stated: readonly string[]): StatedWish | undefined {
  const marks = stated.map((mark) => {
    const [, name = '', value = ''] = /^([\w-]+):(.*)$/s.exec(mark) ?? []
    return { name: name.toLowerCase(), value: value.trim() }
  })
  if (marks.some(({ name, value }) => declines(name, value))) return 'signal'
  const licences = marks.filter(({ name }) => name === 'license')
  return licences.length > 0 && licences.every(({ value }) => noDerivatives.test(value))
    ? 'licence'
    : undefined
}

/** What the response headers of a page decline, by the same rules, and by `Content-Usage` (draft-ietf-aipref-attach). */
export function headersDecline(headers: Headers): boolean {
  return ['x-robots-tag', 'tdm-reservation', 'content-usage', 'content-signal'].some((name) =>
    declines(name, headers.get(name) ?? ''),
  )
}

function declines(name: string, value: string): boolean {
  switch (name) {
    case 'robots':
    case 'x-robots-tag':
      // What is meant for one robot begins with its name and a colon.
      return value.split(',').some((directive) => /^(?:lectern:)?\s*noai$/i.test(directive.trim()))
    case 'tdm-reservation':
      return value === '1'
    case 'content-usage':
    case 'content-signal':
      return usagePreference(value) === 'against'
    default:
      return false
  }
}
