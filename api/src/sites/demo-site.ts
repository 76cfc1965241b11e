import type { Site } from '@lectern/shared'

/** The demo textbook as a whitelisted site; `url` is its address without a slash at its end. */
export function demoSite(url: string): Site {
  return { id: 'lectern-demo', name: 'Demo textbook', patterns: [`${url}/*`], policy: 'allow' }
}
