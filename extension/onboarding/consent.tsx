import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { i18n } from '../locales/i18n.ts'
import { RichText } from '../locales/rich-text.tsx'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'

/** What leaves the computer and when, in three sentences. The learner's yes is the button below. */
export function Consent({ decline }: { decline: ReactNode }) {
  const host = <b>{new URL(apiUrlOf(useStore(settingsStore.store))).host}</b>
  return (
    <section className="card consent" aria-labelledby="consent-title">
      <h2 id="consent-title" tabIndex={-1}>
        {i18n.t('consent.title')}
      </h2>
      <ol className="promises">
        <li>{i18n.t('consent.nothing_before')}</li>
        <li>
          <RichText of="consent.lesson" host={host} />
        </li>
        <li>
          <RichText of="consent.answers" host={host} />
        </li>
      </ol>
      <a href="/privacy.html" target="_blank" rel="noopener">
        {i18n.t('consent.privacy')}
      </a>
      {decline}
    </section>
  )
}
