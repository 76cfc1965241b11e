import { useState } from 'react'
import { browser } from 'wxt/browser'
import { i18n } from '../../locales/i18n.ts'
import { originPattern } from '../../permissions/origin-pattern.ts'
import type { PageTab } from '../page-tab.ts'
import type { SiteDraft } from '../site-draft.ts'
import { type DeclaredField, declaredFields } from './declared-fields.ts'
import { type DeclaredRead, readDeclared } from './read-declared.ts'

type DeclaredSectionProps = {
  tab: PageTab
  draft: SiteDraft
  onTake: (taken: Partial<SiteDraft>) => void
}

/** What a textbook's own file says of it: read by staff and taken over field by field, or not at all. */
export function DeclaredSection({ tab, draft, onTake }: DeclaredSectionProps) {
  const [fields, setFields] = useState<DeclaredField[]>([])
  const [status, setStatus] = useState('')

  async function read(): Promise<void> {
    // First in the click: Firefox shows its prompt only when nothing was awaited before.
    const granted = await browser.permissions.request({ origins: [originPattern(tab.url) ?? ''] })
    if (!granted) return setStatus(i18n.t('staff.check.not_allowed'))
    const declared = await readDeclared(tab)
    const found = 'file' in declared ? declaredFields(declared.file, declared.url, draft) : []
    setFields(found)
    setStatus('file' in declared ? sameText(found) : problemText(declared))
  }

  function take({ field, value }: DeclaredField): void {
    onTake(value)
    setFields(fields.filter((one) => one.field !== field))
    setStatus(i18n.t('staff.declared.taken'))
  }

  return (
    <div className="field">
      <p className="hint">{i18n.t('staff.declared.hint')}</p>
      <div className="actions">
        <button type="button" className="quiet" onClick={() => void read()}>
          {i18n.t('staff.declared.read')}
        </button>
      </div>
      <ul className="rows">
        {fields.map((declared) => (
          <li key={declared.field}>
            <span>
              {i18n.t(`staff.form.${declared.field}.label`)}
              <br />
              <bdi className="hint declared">{declared.text}</bdi>
            </span>
            <button
              type="button"
              className="quiet"
              aria-label={i18n.t('staff.declared.take_named', {
                field: i18n.t(`staff.form.${declared.field}.label`),
              })}
              onClick={() => take(declared)}
            >
              {i18n.t('staff.declared.take')}
            </button>
          </li>
        ))}
      </ul>
      <p role="status" className="saved">
        {status}
      </p>
    </div>
  )
}

function sameText(found: readonly DeclaredField[]): string {
  return found.length === 0 ? i18n.t('staff.declared.same') : ''
}

function problemText(read: Exclude<DeclaredRead, { file: unknown }>): string {
  return read.problem === 'invalid'
    ? i18n.t('staff.declared.invalid', { place: read.at })
    : i18n.t(`staff.declared.${read.problem}`)
}
