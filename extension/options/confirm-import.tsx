import { useState } from 'react'
import { i18n } from '../locales/i18n.ts'
import type { Identity } from '../storage/import-file.ts'

type ConfirmImportProps = {
  /** Whether the file is of another learner than this machine's. */
  isOther: boolean
  onImport(identity: Identity): void
  onCancel(): void
}

/**
 * Asks before a file replaces what is here. One of another learner brings its number along only where the learner
 * says that it is theirs: what the API keeps under this machine's could not be erased from here any more.
 */
export function ConfirmImport({ isOther, onImport, onCancel }: ConfirmImportProps) {
  const [isMine, setMine] = useState(false)
  return (
    <>
      {isOther && (
        <>
          <p>{i18n.t('options.export.another')}</p>
          <label className="take-over">
            <input type="checkbox" checked={isMine} onChange={(event) => setMine(event.target.checked)} />
            <span>{i18n.t('options.export.take_over')}</span>
          </label>
        </>
      )}
      <div className="actions">
        <button type="button" onClick={() => onImport(isOther && isMine ? 'file' : 'this_machine')}>
          {i18n.t('options.export.import')}
        </button>
        <button type="button" className="quiet" onClick={onCancel}>
          {i18n.t('options.export.cancel')}
        </button>
      </div>
    </>
  )
}
