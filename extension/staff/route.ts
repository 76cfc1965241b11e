import { type Site, siteOf } from '@lectern/shared'
import { useSyncExternalStore } from 'react'

/** What the staff page shows, as its address says. */
export type Route = { name: 'sites' } | { name: 'new' } | { name: 'site'; id: string }

export function routeOf(hash: string): Route {
  const [, name = '', id = ''] = /^#\/(new|site)(?:\/([a-z0-9-]+))?$/.exec(hash) ?? []
  if (name === 'new') return { name: 'new' }
  return name === 'site' && id !== '' ? { name: 'site', id } : { name: 'sites' }
}

export const hrefOf = {
  sites: () => '#/',
  new: () => '#/new',
  site: (id: string) => `#/site/${id}`,
}

/** The page of the textbook that an address is of; that of a new one where none is listed. */
export function hrefOfPage(sites: readonly Site[], url: string): string {
  const site = siteOf(sites, url)
  return site === undefined ? hrefOf.new() : hrefOf.site(site.id)
}

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(followHash, () => location.hash))
}

function followHash(onChange: () => void): () => void {
  addEventListener('hashchange', onChange)
  return () => removeEventListener('hashchange', onChange)
}
