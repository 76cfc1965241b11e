import { type SubmitEvent, useState } from 'react'
import { browser } from 'wxt/browser'
import { i18n, numberText } from '../locales/i18n.ts'
import { originPattern } from '../permissions/origin-pattern.ts'
import { closePage, openPage, takeTab } from './page-tab.ts'
import { hrefOf, hrefOfPage } from './route.ts'
import type { ListedSite } from './staff-store.ts'

/** The textbooks of the whitelist, and where another one begins. */
export function SiteList({ sites }: { sites: readonly ListedSite[] }) {
  return (
    <>
      <section className="card" aria-labelledby="sites-title">
        <h2 id="sites-title">{i18n.t('staff.sites.title')}</h2>
        {sites.length === 0 && <p>{i18n.t('staff.sites.none')}</p>}
        <ul className="rows">
          {sites.map(({ site, today, open_reports }) => (
            <li key={site.id}>
              <span>
                <a href={hrefOf.site(site.id)}>
                  <bdi>{site.name}</bdi>
                </a>{' '}
                {site.policy !== 'allow' && (
                  <span className="badge">{i18n.t(`staff.form.policy.${site.policy}`)}</span>
                )}
                <br />
                <bdi className="hint code-like">{site.patterns[0]}</bdi>
                <br />
                <span className="hint">
                  {i18n.t('staff.sites.today', {
                    reports: numberText(open_reports),
                    sections: numberText(today.made + today.shared + today.hits),
                  })}
                </span>
              </span>
            </li>
          ))}
        </ul>
      </section>
      <NewSite sites={sites} />
    </>
  )
}

function NewSite({ sites }: { sites: readonly ListedSite[] }) {
  const [address, setAddress] = useState('')
  const [status, setStatus] = useState('')

  async function open(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const origin = originPattern(address.trim())
    if (origin === undefined) return setStatus(i18n.t('staff.sites.no_address'))
    // First in the click: Firefox shows its prompt only when nothing was awaited before.
    const granted = await browser.permissions.request({ origins: [origin] })
    if (!granted) return setStatus(i18n.t('staff.sites.not_allowed'))
    setStatus(i18n.t('staff.sites.opening'))
    const opened = await openPage(address.trim(), { active: false })
    const tab = await takeTab(opened)
    if (tab === undefined) {
      await closePage(opened)
      return setStatus(i18n.t('staff.sites.not_seen'))
    }
    location.hash = hrefOfPage(
      sites.map(({ site }) => site),
      tab.url,
    )
  }

  return (
    <section className="card" aria-labelledby="new-title">
      <h2 id="new-title">{i18n.t('staff.sites.add')}</h2>
      <p id="new-hint" className="hint">
        {i18n.t('staff.sites.add_hint')}
      </p>
      <form className="inline-form" onSubmit={open} noValidate>
        <label htmlFor="new-address">{i18n.t('staff.sites.address')}</label>
        <input
          id="new-address"
          type="url"
          dir="ltr"
          aria-describedby="new-hint new-status"
          spellCheck={false}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
        <button type="submit">{i18n.t('staff.sites.open')}</button>
      </form>
      <p id="new-status" role="status" className="saved">
        {status}
      </p>
    </section>
  )
}
