import type { Site } from '@lectern/shared'
import { useEffect, useState } from 'react'
import { sendMessage } from '../messaging/send-message.ts'
import { grantSite } from '../permissions/grant-site.ts'
import { originPattern } from '../permissions/origin-pattern.ts'
import { siteOrigins } from '../permissions/site-origins.ts'

/** The course's textbooks, each to be allowed and opened from here; nothing where the API tells none. */
export function CourseSites() {
  const [sites, setSites] = useState<Site[]>([])
  const [granted, setGranted] = useState<string[]>([])
  useEffect(() => {
    void sendMessage('list-sites').then(setSites)
    void siteOrigins().then(setGranted)
  }, [])

  async function allow(origin: string): Promise<void> {
    if (await grantSite(origin)) setGranted(await siteOrigins())
  }

  if (sites.length === 0) return null
  return (
    <section className="card" aria-labelledby="sites-title">
      <h2 id="sites-title">Your course’s textbooks</h2>
      <ul className="rows">
        {sites.map((site) => {
          const address = startOf(site)
          const origin = originPattern(address)
          if (origin === undefined) return null
          return (
            <li key={site.id}>
              <a href={address}>{site.name}</a>
              {granted.includes(origin) ? (
                <span className="badge">allowed</span>
              ) : (
                <button type="button" className="quiet" onClick={() => allow(origin)}>
                  Allow
                  <span className="visually-hidden"> Lectern on {site.name}</span>
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Where a site begins: its first pattern up to what varies. */
function startOf({ patterns }: Site): string {
  return (patterns[0] ?? '').replace(/\*.*$/, '')
}
