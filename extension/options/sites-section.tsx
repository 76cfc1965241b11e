import { useEffect, useState } from 'react'
import { browser } from 'wxt/browser'
import { revokeSite } from '../permissions/grant-sites.ts'
import { isRequired, siteOrigins } from '../permissions/site-origins.ts'

/** The hosts on whose pages Lectern may look for lessons. */
export function SitesSection() {
  const [origins, setOrigins] = useState<string[]>([])
  useEffect(() => {
    const refresh = () => void siteOrigins().then(setOrigins)
    refresh()
    browser.permissions.onAdded.addListener(refresh)
    browser.permissions.onRemoved.addListener(refresh)
    return () => {
      browser.permissions.onAdded.removeListener(refresh)
      browser.permissions.onRemoved.removeListener(refresh)
    }
  }, [])

  async function revoke(origin: string): Promise<void> {
    await revokeSite(origin)
    setOrigins(await siteOrigins())
  }

  return (
    <section className="card" aria-labelledby="sites-title">
      <h2 id="sites-title">Sites that you allowed</h2>
      {origins.length === 0 && (
        <p>
          None yet. Open a page of your textbook, click Lectern in the toolbar and choose “Use Lectern on this
          site”.
        </p>
      )}
      <ul className="rows">
        {origins.map((origin) => (
          <li key={origin}>
            <span>{origin.replace(/\/\*$/, '')}</span>
            {isRequired(origin) ? (
              <span className="badge">part of this build</span>
            ) : (
              <button type="button" className="quiet" onClick={() => revoke(origin)}>
                Remove
                <span className="visually-hidden"> {origin}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
