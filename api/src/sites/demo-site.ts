import type { Site } from '@lectern/shared'

/**
 * The demo textbook as a whitelisted site; `url` is its address without a slash at its end. Its samples are
 * written for few kinds of readers, so with them no optional preference matters there.
 */
export function demoSite(url: string, { samples = false }: { samples?: boolean } = {}): Site {
  return {
    id: 'lectern-demo',
    name: 'Demo textbook',
    patterns: [`${url}/*`],
    policy: 'allow',
    ...(samples && { preferences: [] }),
  }
}
