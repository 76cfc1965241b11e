import { useState } from 'react'
import { useStore } from 'zustand'
import { i18n } from '../locales/i18n.ts'
import { RichText } from '../locales/rich-text.tsx'
import { revokeSite } from '../permissions/grant-sites.ts'
import { isRequired } from '../permissions/site-origins.ts'
import { useSiteOrigins } from '../permissions/use-site-origins.ts'
import { changeSiteSettings, lessonSettingsStore, siteSettingsOf } from '../storage/lesson-settings-store.ts'
import { hostOf } from './host-of.ts'

/** The hosts on whose pages Lectern may look for lessons, and how it begins there. */
export function SitesSection() {
  const origins = useSiteOrigins()
  const [removed, setRemoved] = useState<string>()

  async function remove(origin: string): Promise<void> {
    await revokeSite(origin)
    setRemoved(hostOf(origin))
  }

  return (
    <section className="card" aria-labelledby="sites-title">
      <h2 id="sites-title" tabIndex={-1}>
        {i18n.t('options.sites.title')}
      </h2>
      {origins.length === 0 && (
        <p>
          <RichText of="options.sites.none" allow_site={<b>{i18n.t('popup.allow_site')}</b>} />
        </p>
      )}
      <ul className="rows">
        {origins.map((origin) => (
          <SiteRow key={origin} origin={origin} onRemove={() => void remove(origin)} />
        ))}
      </ul>
      <p role="status" className="saved">
        {removed !== undefined && i18n.t('options.sites.removed', { site: removed })}
      </p>
    </section>
  )
}

function SiteRow({ origin, onRemove }: { origin: string; onRemove: () => void }) {
  const site = hostOf(origin)
  // As a page's address: its settings are kept by the host.
  const url = origin.replace(/\*$/, '')
  const { off, start_personalized } = siteSettingsOf(useStore(lessonSettingsStore.store), url)
  return (
    <li className="site">
      <span>
        <bdi>{site}</bdi> {off && <span className="badge">{i18n.t('options.sites.off')}</span>}
      </span>
      {off ? (
        <button
          type="button"
          className="quiet"
          aria-label={i18n.t('options.sites.switch_on_named', { site })}
          onClick={() => void changeSiteSettings(url, { off: false })}
        >
          {i18n.t('options.sites.switch_on')}
        </button>
      ) : (
        <label className="switch">
          <input
            type="checkbox"
            checked={start_personalized}
            aria-label={i18n.t('options.sites.start_personalized_named', { site })}
            onChange={(event) => void changeSiteSettings(url, { start_personalized: event.target.checked })}
          />
          {i18n.t('options.sites.start_personalized')}
        </label>
      )}
      {isRequired(origin) ? (
        <span className="badge">{i18n.t('options.sites.part_of_build')}</span>
      ) : (
        <button
          type="button"
          className="quiet"
          aria-label={i18n.t('options.sites.remove_named', { site })}
          onClick={onRemove}
        >
          {i18n.t('options.sites.remove')}
        </button>
      )}
    </li>
  )
}
