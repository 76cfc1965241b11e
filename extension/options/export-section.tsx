import { useState } from 'react'
import { browser } from 'wxt/browser'
import { failureText } from '../locales/failure-text.ts'
import { i18n } from '../locales/i18n.ts'
import { sendMessage } from '../messaging/send-message.ts'
import { makeExport } from '../storage/export-file.ts'
import { type Import, readImport } from '../storage/import-file.ts'
import { saveFile } from './save-file.ts'

/** All that is kept here and at the API as a file, and such a file taken in. */
export function ExportSection() {
  const [status, setStatus] = useState('')
  const [found, setFound] = useState<Import>()

  async function exportAll(): Promise<void> {
    setStatus(i18n.t('options.export.exporting'))
    const api = await sendMessage('export-learner')
    saveFile(`lectern-${new Date().toISOString().slice(0, 10)}.json`, await makeExport(api))
    setStatus(
      api.ok
        ? i18n.t('options.export.exported')
        : i18n.t('options.export.exported_without_api', { reason: failureText(api.failure) }),
    )
  }

  async function choose(file: File | undefined): Promise<void> {
    if (file === undefined) return
    const read = readImport(await file.text())
    setFound('problem' in read ? undefined : read)
    if (!('problem' in read)) return setStatus(i18n.t('options.export.confirm'))
    setStatus(
      read.problem === 'wrong_field'
        ? i18n.t('options.export.problems.wrong_field', { field: read.field })
        : i18n.t(`options.export.problems.${read.problem}`),
    )
  }

  async function importAll({ origins, apply }: Import): Promise<void> {
    // First in the click: Firefox shows its prompt only when nothing was awaited before.
    const granted = origins.length === 0 || (await browser.permissions.request({ origins }))
    if (!granted) return setStatus(i18n.t('options.api.refused'))
    await apply()
    setFound(undefined)
    setStatus(i18n.t('options.export.imported'))
    await sendMessage('preferences-changed')
  }

  return (
    <section className="card" aria-labelledby="export-title">
      <h2 id="export-title">{i18n.t('options.export.title')}</h2>
      <p className="hint">{i18n.t('options.export.hint')}</p>
      <div className="actions">
        <button type="button" className="quiet" onClick={exportAll}>
          {i18n.t('options.export.export')}
        </button>
        <label className="button quiet file">
          {i18n.t('options.export.choose')}
          <input
            type="file"
            accept="application/json,.json"
            onChange={(event) => {
              void choose(event.target.files?.[0])
              // The same file may be chosen again.
              event.target.value = ''
            }}
          />
        </label>
      </div>
      <p role="status">{status}</p>
      {found !== undefined && (
        <div className="actions">
          <button type="button" onClick={() => importAll(found)}>
            {i18n.t('options.export.import')}
          </button>
          <button
            type="button"
            className="quiet"
            onClick={() => {
              setFound(undefined)
              setStatus('')
            }}
          >
            {i18n.t('options.export.cancel')}
          </button>
        </div>
      )}
    </section>
  )
}
