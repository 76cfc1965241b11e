import { useState } from 'react'
import { countText, i18n } from '../locales/i18n.ts'
import { grantSites } from '../permissions/grant-sites.ts'
import { startOf } from './textbooks.ts'
import { type Textbook, useTextbooks } from './use-textbooks.ts'

/** The course's textbooks, to be allowed all at once or one by one, and opened; nothing where there are none. */
export function TextbookList() {
  const textbooks = useTextbooks()
  const [refused, setRefused] = useState(false)
  const missing = textbooks.filter(({ granted }) => !granted)

  async function allow(wanted: readonly Textbook[]): Promise<void> {
    setRefused(!(await grantSites([...new Set(wanted.flatMap(({ origins }) => origins))])))
  }

  if (textbooks.length === 0) return null
  return (
    <section className="card" aria-labelledby="textbooks-title">
      <h2 id="textbooks-title">{i18n.t('textbooks.title')}</h2>
      <p className="hint">{i18n.t('textbooks.hint')}</p>
      {missing.length > 1 && (
        <button type="button" onClick={() => allow(missing)}>
          {countText('textbooks.allow_all', missing.length)}
        </button>
      )}
      <ul className="rows">
        {textbooks.map((textbook) => (
          <TextbookRow key={textbook.site.id} textbook={textbook} onAllow={() => allow([textbook])} />
        ))}
      </ul>
      <p role="status">{refused ? i18n.t('textbooks.refused') : ''}</p>
    </section>
  )
}

function TextbookRow({ textbook, onAllow }: { textbook: Textbook; onAllow: () => void }) {
  const { site, granted, ofSchool } = textbook
  const { name } = site
  return (
    <li>
      <span>
        <bdi>{name}</bdi> {ofSchool && <span className="badge">{i18n.t('textbooks.by_school')}</span>}{' '}
        {granted && <span className="badge">{i18n.t('textbooks.allowed')}</span>}
      </span>
      {granted ? (
        <a className="button" href={startOf(site)} aria-label={i18n.t('textbooks.open_named', { name })}>
          {i18n.t('textbooks.open')}
        </a>
      ) : (
        <button
          type="button"
          className="quiet"
          aria-label={i18n.t('textbooks.allow_named', { name })}
          onClick={onAllow}
        >
          {i18n.t('textbooks.allow')}
        </button>
      )}
    </li>
  )
}
