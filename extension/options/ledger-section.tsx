import { useEffect, useState } from 'react'
import { i18n, numberText, uiLanguage } from '../locales/i18n.ts'
import { RichText } from '../locales/rich-text.tsx'
import { useSchoolPolicy } from '../school/use-school-policy.ts'
import { followDatabase } from '../storage/database-changes.ts'
import { type LedgerEntry, readLedger } from '../storage/ledger.ts'
import { sizeText } from './size-text.ts'

/** Entries that are shown before all of them are asked for. */
const first = 10

/** What was sent from this machine and when, the latest first. */
export function LedgerSection() {
  const [entries, setEntries] = useState<LedgerEntry[]>()
  const [all, setAll] = useState(false)
  const { server_history } = useSchoolPolicy()
  useEffect(() => {
    const refresh = () => void readLedger().then(setEntries)
    refresh()
    return followDatabase(refresh)
  }, [])
  const shown = all ? entries : entries?.slice(0, first)
  return (
    <section className="card" aria-labelledby="ledger-title">
      <h2 id="ledger-title">{i18n.t('options.ledger.title')}</h2>
      {server_history === false && <p>{i18n.t('school.no_history')}</p>}
      {entries?.length === 0 && <p>{i18n.t('options.ledger.none')}</p>}
      <ol className="ledger">
        {shown?.map((entry, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name of their own
          <LedgerRow key={i} entry={entry} />
        ))}
      </ol>
      {entries !== undefined && !all && entries.length > first && (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          {i18n.t('options.ledger.show_all', { count: numberText(entries.length) })}
        </button>
      )}
    </section>
  )
}

function LedgerRow({ entry: { at, kind, host, bytes, answered, lesson } }: { entry: LedgerEntry }) {
  return (
    <li>
      <p>
        {i18n.t(`options.ledger.kinds.${kind}`)}
        {lesson !== undefined && (
          <>
            : <bdi>{lesson.title}</bdi>
          </>
        )}
      </p>
      <p className="hint">
        <RichText
          of="options.ledger.to"
          size={sizeText(bytes)}
          host={host}
          time={<time dateTime={new Date(at).toISOString()}>{timeText(at)}</time>}
        />{' '}
        {!answered && <span className="badge">{i18n.t('options.ledger.no_answer')}</span>}
      </p>
    </li>
  )
}

function timeText(at: number): string {
  return new Intl.DateTimeFormat(uiLanguage(), { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}
